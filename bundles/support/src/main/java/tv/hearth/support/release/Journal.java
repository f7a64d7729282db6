package tv.hearth.support.release;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cbor.CborMap;

/**
 * The write-ahead journal: a file a record, each with the whole state, numbered. What is about to
 * be done is written, and durable, before it is done. The newest whole record counts; a damaged one
 * leads to the one before, from which a restart does the same work again, or goes back. Each write
 * is a {@link Turn}; what was decided on an older record than the newest is not written. One thread
 * at a time.
 */
public final class Journal {
  /** Records that are kept. */
  static final int KEPT = 4;

  private static final String MAGIC = "hearthj1";
  private static final String FOLDER = "journal";
  private static final Pattern NAME = Pattern.compile("[0-9]{12}\\.rec");
  private static final int MOST_BYTES = 4 << 20;

  private static final long UNREAD = -1;

  private final Disk disk;
  private long seen = UNREAD;

  /** Over a disk. */
  public Journal(Disk disk) {
    this.disk = disk;
  }

  /**
   * The newest whole record's state; {@link State#EMPTY} where there is none.
   *
   * @throws IOException where the disk can't be read
   */
  public State read() throws IOException {
    List<String> names = newestFirst();
    seen = names.isEmpty() ? 0 : number(names.get(0));
    for (String name : names) {
      Optional<State> state = parse(bytes(FOLDER + "/" + name));
      if (state.isPresent()) {
        return state.get();
      }
    }
    return State.EMPTY;
  }

  /** Number of the newest record, whole or not; 0 where there is none. */
  public long newest() throws IOException {
    List<String> names = newestFirst();
    return names.isEmpty() ? 0 : number(names.get(0));
  }

  /**
   * Writes a state durably; a failure leaves the newest record as it was.
   *
   * @throws SupersededException where somebody else wrote since this was read or written last
   */
  public void write(State state) throws IOException {
    Turn mine = disk.turn();
    try {
      append(state);
    } finally {
      mine.close();
    }
  }

  private void append(State state) throws IOException {
    long newest = newest();
    if (seen != UNREAD && seen != newest) {
      throw new SupersededException(seen, newest);
    }
    String name = String.format(java.util.Locale.ROOT, "%s/%012d.rec", FOLDER, newest + 1);
    disk.replace(name, Envelope.wrap(MAGIC, state.toCbor().toBytes()));
    seen = newest + 1;
    List<String> names = newestFirst();
    for (String old : names.subList(Math.min(KEPT, names.size()), names.size())) {
      disk.delete(FOLDER + "/" + old);
    }
  }

  private List<String> newestFirst() throws IOException {
    List<String> names = new ArrayList<>(disk.names(FOLDER));
    names.removeIf(name -> !NAME.matcher(name).matches());
    names.sort(Comparator.reverseOrder());
    return names;
  }

  private static long number(String name) {
    return Long.parseLong(name.substring(0, 12));
  }

  private byte[] bytes(String name) throws IOException {
    try (InputStream in = disk.open(name)) {
      return in.readNBytes(MOST_BYTES);
    } catch (java.nio.file.NoSuchFileException gone) {
      return new byte[0]; // deleted by the writer while this reader was under way
    }
  }

  private static Optional<State> parse(byte[] bytes) {
    Optional<byte[]> body = Envelope.open(MAGIC, bytes);
    if (body.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(State.of(CborMap.parse(body.get())));
    } catch (CborException unknown) {
      return Optional.empty(); // of another version: as good as damaged
    }
  }
}
