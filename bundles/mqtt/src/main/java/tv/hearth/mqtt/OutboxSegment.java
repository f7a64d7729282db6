package tv.hearth.mqtt;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tv.hearth.support.io.DurableFiles;

/**
 * One file of the outbox. Not thread-safe. No FileChannel: it closes for good when a thread that
 * uses it is interrupted, and publishers' threads are.
 */
final class OutboxSegment implements Closeable {
  private final Path path;
  private final RandomAccessFile file;
  private final List<OutboxRecord> foreign = new ArrayList<>();
  private long size;
  private int waiting;

  private OutboxSegment(Path path, RandomAccessFile file) throws IOException {
    this.path = path;
    this.file = file;
    this.size = file.length();
  }

  /** A new, empty file that survives a power cut. */
  static OutboxSegment create(Path path) throws IOException {
    boolean interrupted = Thread.interrupted(); // an interrupted thread can't sync a folder
    try {
      DurableFiles.write(path, new byte[0]);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    return open(path);
  }

  /** A file that is there. */
  static OutboxSegment open(Path path) throws IOException {
    return new OutboxSegment(path, new RandomAccessFile(path.toFile(), "rw"));
  }

  /** Appends; with {@code sync} it is durable on return. Returns where the body begins. */
  int append(byte[] record, boolean sync) throws IOException {
    long at = size;
    file.seek(at);
    file.write(record);
    if (sync) {
      file.getFD().sync();
    }
    size = at + record.length;
    return Math.toIntExact(at + OutboxRecord.HEAD);
  }

  /** A body; empty where it is not what was written. */
  Optional<byte[]> read(int offset, int length) throws IOException {
    if (offset + (long) length > file.length()) {
      return Optional.empty();
    }
    byte[] sum = new byte[Integer.BYTES];
    byte[] body = new byte[length];
    file.seek(offset - sum.length);
    file.readFully(sum);
    file.readFully(body);
    boolean intact = ByteBuffer.wrap(sum).getInt() == OutboxRecord.sum(body, 0, length);
    return intact ? Optional.of(body) : Optional.empty();
  }

  long size() {
    return size;
  }

  int waiting() {
    return waiting;
  }

  void count(int change) {
    waiting += change;
  }

  /** That record can't be read here: it stays in this file for a newer release. */
  void keep(OutboxRecord record) {
    foreign.add(record);
  }

  /**
   * Nothing in it waits any more: deletes it, but for what is kept, which alone stays in it. So no
   * message comes back because the mark that it was sent has gone with a later file.
   */
  void delete() throws IOException {
    try (file) {
      if (!foreign.isEmpty()) {
        byte[] kept = kept();
        if (kept.length < size) {
          DurableFiles.write(path, kept);
        }
        return;
      }
    }
    Files.deleteIfExists(path);
  }

  private byte[] kept() throws IOException {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    for (OutboxRecord record : foreign) {
      byte[] whole = new byte[OutboxRecord.HEAD + record.length()];
      file.seek(record.offset() - OutboxRecord.HEAD);
      file.readFully(whole);
      kept.writeBytes(whole);
    }
    return kept.toByteArray();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
