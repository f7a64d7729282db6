package tv.hearth.membership.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tv.hearth.membership.endpoint.EndpointBook;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cbor.CborMap;
import tv.hearth.support.cbor.KeptFields;
import tv.hearth.support.cbor.NewerFormatException;
import tv.hearth.support.io.Aside;
import tv.hearth.support.io.DurableFiles;
import tv.hearth.support.record.EnrolAnswer;
import tv.hearth.support.record.MapRecord;

/**
 * What a member keeps on disk: name, last map, endpoint sequence, endpoints heard. A damaged file
 * counts as absent and is said so in the log: all of it can be had again. One that only a newer
 * release can read is set aside for it, and what it says beside what is known here stays. Not
 * thread-safe.
 */
final class MemberFiles {
  private static final System.Logger LOG = System.getLogger(MemberFiles.class.getName());
  private static final String NAME = "neighbourhood";
  private static final String SEQUENCE = "sequence";
  private static final String MAP = "map.cbor";
  private static final String ENDPOINTS = "endpoints.cbor";
  private static final Lines NAME_FORM = new Lines("hearth-membership", "[a-z0-9-]{1,32}");
  private static final Lines SEQUENCE_FORM = new Lines("hearth-sequence", "[0-9]{1,18}");
  private static final int MOST_LINES = 4_096;
  private static final String BOOK = "hearth/endpoint-book";
  private static final int BOOK_VERSION = 1;
  private static final Set<String> BOOK_FIELDS = Set.of("t", "v", "records");
  private final Path folder;
  private String moreOfSequence = "";
  private KeptFields moreOfBook = KeptFields.NONE;

  MemberFiles(Path folder) {
    this.folder = folder;
    try {
      DurableFiles.removeLeftovers(DurableFiles.createFolder(folder));
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, folder + " can't be cleared of leftovers", e);
    }
    for (String name : List.of(NAME, SEQUENCE, MAP, ENDPOINTS)) {
      try {
        Aside.takeBack(folder.resolve(name));
      } catch (IOException e) {
        LOG.log(System.Logger.Level.WARNING, name + " stays set aside", e);
      }
    }
  }

  /** The neighbourhood's name. */
  Optional<String> name() {
    return lines(NAME, NAME_FORM).map(Lines.Read::value);
  }

  void name(String name) throws IOException {
    write(NAME, NAME_FORM.encode(name, ""));
  }

  /** The last sequence of this box's endpoint record; 0 before the first. */
  long sequence() {
    Optional<Lines.Read> read = lines(SEQUENCE, SEQUENCE_FORM);
    moreOfSequence = read.map(Lines.Read::more).orElse("");
    return read.map(Lines.Read::value).map(Long::parseLong).orElse(0L);
  }

  void sequence(long sequence) throws IOException {
    write(SEQUENCE, SEQUENCE_FORM.encode(Long.toString(sequence), moreOfSequence));
  }

  /** The last map's message, to be verified anew. */
  Optional<byte[]> map() {
    return read(MAP, EnrolAnswer.MAX);
  }

  /** The map on disk is of a form that is not known here: it waits for a newer release. */
  void mapIsNewer(String why) {
    setAside(MAP, why);
  }

  void map(byte[] message) throws IOException {
    write(MAP, message);
  }

  /** The signed endpoint records heard, to be verified anew. */
  List<byte[]> book() {
    Optional<byte[]> bytes = read(ENDPOINTS, MapRecord.MOST_BOXES * EndpointBook.MOST_BYTES);
    if (bytes.isEmpty()) {
      return List.of();
    }
    try {
      CborMap map = CborMap.parse(bytes.get(), BOOK, BOOK_VERSION);
      moreOfBook = KeptFields.of(map, BOOK_FIELDS);
      return map.bytesList("records", MapRecord.MOST_BOXES, 1, EndpointBook.MOST_BYTES);
    } catch (NewerFormatException e) {
      setAside(ENDPOINTS, e.getMessage());
      return List.of();
    } catch (CborException e) {
      LOG.log(System.Logger.Level.WARNING, "endpoints.cbor is left out: " + e.getMessage());
      return List.of();
    }
  }

  void book(List<byte[]> records) throws IOException {
    CborMap map = new CborMap().put("t", BOOK).put("v", BOOK_VERSION);
    map.putBytesList("records", records);
    write(ENDPOINTS, moreOfBook.into(map).toBytes());
  }

  private Optional<Lines.Read> lines(String name, Lines form) {
    Optional<byte[]> bytes = read(name, MOST_LINES);
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    Optional<Lines.Read> read = form.read(bytes.get());
    if (read.isEmpty() && form.isNewer(bytes.get())) {
      setAside(name, "its version is not known here");
    } else if (read.isEmpty()) {
      LOG.log(System.Logger.Level.WARNING, folder.resolve(name) + " is damaged and left out");
    }
    return read;
  }

  private void setAside(String name, String why) {
    try {
      Aside.put(folder.resolve(name), why);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, folder.resolve(name) + " can't be set aside", e);
    }
  }

  private Optional<byte[]> read(String name, long most) {
    Path file = folder.resolve(name);
    try {
      if (!Files.exists(file) || Files.size(file) > most) {
        return Optional.empty();
      }
      return Optional.of(Files.readAllBytes(file));
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, file + " can't be read and is left out", e);
      return Optional.empty();
    }
  }

  private void write(String name, byte[] content) throws IOException {
    DurableFiles.write(folder.resolve(name), content);
  }
}
