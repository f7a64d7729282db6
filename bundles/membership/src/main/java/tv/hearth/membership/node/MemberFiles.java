package tv.hearth.membership.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tv.hearth.membership.endpoint.EndpointBook;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cbor.CborMap;
import tv.hearth.support.io.DurableFiles;
import tv.hearth.support.record.EnrolAnswer;
import tv.hearth.support.record.MapRecord;

/**
 * What a member keeps on disk: name, last map, endpoint sequence, endpoints heard. A damaged file
 * counts as absent and is said so in the log: all of it can be had again. Not thread-safe.
 */
final class MemberFiles {
  private static final System.Logger LOG = System.getLogger(MemberFiles.class.getName());
  private static final Pattern NAME = Pattern.compile("hearth-membership 1\n([a-z0-9-]{1,32})\n");
  private static final Pattern SEQUENCE = Pattern.compile("hearth-sequence 1\n([0-9]{1,18})\n");
  private static final String BOOK = "hearth/endpoint-book";
  private static final int BOOK_VERSION = 1;
  private final Path folder;

  MemberFiles(Path folder) {
    this.folder = folder;
    try {
      DurableFiles.removeLeftovers(DurableFiles.createFolder(folder));
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, folder + " can't be cleared of leftovers", e);
    }
  }

  /** The neighbourhood's name. */
  Optional<String> name() {
    return text("neighbourhood", NAME);
  }

  void name(String name) throws IOException {
    write(
        "neighbourhood", ("hearth-membership 1\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** The last sequence of this box's endpoint record; 0 before the first. */
  long sequence() {
    return text("sequence", SEQUENCE).map(Long::parseLong).orElse(0L);
  }

  void sequence(long sequence) throws IOException {
    write("sequence", ("hearth-sequence 1\n" + sequence + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** The last map's message, to be verified anew. */
  Optional<byte[]> map() {
    return read("map.cbor", EnrolAnswer.MAX);
  }

  void map(byte[] message) throws IOException {
    write("map.cbor", message);
  }

  /** The signed endpoint records heard, to be verified anew. */
  List<byte[]> book() {
    Optional<byte[]> bytes = read("endpoints.cbor", MapRecord.MOST_BOXES * EndpointBook.MOST_BYTES);
    if (bytes.isEmpty()) {
      return List.of();
    }
    try {
      CborMap map = CborMap.parse(bytes.get());
      if (!map.text("t", 64).equals(BOOK) || map.number("v", 0, Long.MAX_VALUE) != BOOK_VERSION) {
        throw new CborException("not a " + BOOK + " of version " + BOOK_VERSION);
      }
      return map.bytesList("records", MapRecord.MOST_BOXES, 1, EndpointBook.MOST_BYTES);
    } catch (CborException e) {
      LOG.log(System.Logger.Level.WARNING, "endpoints.cbor is left out: " + e.getMessage());
      return List.of();
    }
  }

  void book(List<byte[]> records) throws IOException {
    CborMap map = new CborMap().put("t", BOOK).put("v", BOOK_VERSION);
    write("endpoints.cbor", map.putBytesList("records", records).toBytes());
  }

  private Optional<String> text(String name, Pattern form) {
    Optional<byte[]> bytes = read(name, 128);
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    Matcher matcher = form.matcher(new String(bytes.get(), StandardCharsets.UTF_8));
    if (!matcher.matches()) {
      LOG.log(System.Logger.Level.WARNING, folder.resolve(name) + " is damaged and left out");
      return Optional.empty();
    }
    return Optional.of(matcher.group(1));
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
