package tv.hearth.mqtt;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tv.hearth.mqtt.OutboxRecord.Kind;
import tv.hearth.support.io.DurableFiles;

/**
 * The outbox's files: appended to the newest, deleted from the oldest on as soon as nothing in them
 * waits. Not thread-safe.
 */
final class OutboxLog implements Closeable {
  private static final Logger LOG = System.getLogger(OutboxLog.class.getName());
  private static final String SUFFIX = ".outbox";

  /** A new file is begun at this size. */
  private static final int ROTATE_AT = 256 << 10;

  /** A file that holds nothing that waits is emptied at this size. */
  private static final int CLEAR_AT = 16 << 10;

  private static final int MOST_FILE = ROTATE_AT + OutboxMessage.MOST_BYTES + (64 << 10);

  private final Path folder;
  private final Deque<OutboxSegment> segments = new ArrayDeque<>();
  private long newest;
  private int newer;
  private boolean torn;

  OutboxLog(Path folder) {
    this.folder = folder;
  }

  /** Where a body lies. */
  record Place(OutboxSegment segment, int offset) {}

  /** Takes each record in order. */
  interface Taker {
    void take(OutboxSegment segment, OutboxRecord record, byte[] body);
  }

  /** Reads all files; returns how many of them are damaged. */
  int load(Taker taker) throws IOException {
    DurableFiles.createFolder(folder);
    DurableFiles.removeLeftovers(folder);
    int damaged = 0;
    for (Path file : files()) {
      newest = Math.max(newest, number(file));
      byte[] content = Files.size(file) > MOST_FILE ? new byte[0] : Files.readAllBytes(file);
      if (Files.size(file) > MOST_FILE || OutboxRecord.foreign(content)) {
        damaged++;
        newer++;
        LOG.log(Level.ERROR, "outbox: {0} is of an unknown format and is left alone", file);
        continue;
      }
      damaged += read(file, content, taker);
    }
    reclaim();
    return damaged;
  }

  /** Appends a record; a message is durable on return, a mark soon after. */
  Place append(Kind kind, long number, byte[] body) throws IOException {
    if (segments.isEmpty() || torn || segments.getLast().size() >= ROTATE_AT) {
      rotate();
    }
    OutboxSegment segment = segments.getLast();
    torn = true;
    int offset = segment.append(OutboxRecord.encode(kind, number, body), kind == Kind.WAITS);
    torn = false;
    return new Place(segment, offset);
  }

  /** Files of a format that is not known here: left alone. */
  int newer() {
    return newer;
  }

  /** Deletes the oldest files in which nothing waits; never the newest. */
  void reclaim() throws IOException {
    while (segments.size() > 1 && segments.getFirst().waiting() == 0) {
      segments.removeFirst().delete();
    }
  }

  /** Nothing waits any more: deletes the files, once they are large enough to be worth it. */
  boolean clear() throws IOException {
    long size = segments.stream().mapToLong(OutboxSegment::size).sum();
    if (size < CLEAR_AT) {
      return false;
    }
    while (!segments.isEmpty()) {
      segments.removeFirst().delete();
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    while (!segments.isEmpty()) {
      segments.removeLast().close();
    }
  }

  private int read(Path file, byte[] content, Taker taker) throws IOException {
    OutboxRecord.Scan scan = OutboxRecord.scan(content);
    OutboxSegment segment = OutboxSegment.open(file);
    segments.addLast(segment);
    for (OutboxRecord record : scan.records()) {
      int from = record.offset();
      taker.take(segment, record, Arrays.copyOfRange(content, from, from + record.length()));
    }
    if (scan.damagedBytes() > 0) {
      torn = true;
      LOG.log(
          Level.WARNING,
          "outbox: {0} bytes of {1} are damaged (a power cut?); the rest is kept",
          scan.damagedBytes(),
          file);
    }
    return scan.damagedBytes() > 0 ? 1 : 0;
  }

  private void rotate() throws IOException {
    newest++;
    segments.addLast(
        OutboxSegment.create(folder.resolve(String.format(Locale.ROOT, "%016x", newest) + SUFFIX)));
    torn = false;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.getFileName().toString().matches("[0-9a-f]{16}\\.outbox"))
          .sorted()
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static long number(Path file) {
    return Long.parseLong(file.getFileName().toString().substring(1, 16), 16);
  }
}
