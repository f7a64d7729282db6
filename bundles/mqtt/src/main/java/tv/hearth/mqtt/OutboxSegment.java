package tv.hearth.mqtt;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import tv.hearth.support.io.DurableFiles;

/** One file of the outbox. Not thread-safe. */
final class OutboxSegment implements Closeable {
  private final Path file;
  private final FileChannel channel;
  private long size;
  private int waiting;

  private OutboxSegment(Path file, FileChannel channel, long size) {
    this.file = file;
    this.channel = channel;
    this.size = size;
  }

  /** A new, empty file that survives a power cut. */
  static OutboxSegment create(Path file) throws IOException {
    DurableFiles.write(file, new byte[0]);
    return open(file);
  }

  /** A file that is there. */
  static OutboxSegment open(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE));
    return new OutboxSegment(file, channel, channel.size());
  }

  /** Appends; with {@code sync} it is durable on return. Returns where the body begins. */
  int append(byte[] record, boolean sync) throws IOException {
    long at = size;
    ByteBuffer bytes = ByteBuffer.wrap(record);
    while (bytes.hasRemaining()) {
      channel.write(bytes, at + bytes.position());
    }
    if (sync) {
      channel.force(false);
    }
    size = at + record.length;
    return Math.toIntExact(at + OutboxRecord.HEAD);
  }

  /** A body, and whether it is what was written. */
  byte[] read(int offset, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(4 + length);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, offset - 4L + bytes.position()) < 0) {
        throw new EOFException(file + " was cut short");
      }
    }
    if (bytes.getInt(0) != OutboxRecord.sum(bytes.array(), 4, length)) {
      throw new IOException(file + " is damaged at " + offset);
    }
    byte[] body = new byte[length];
    bytes.get(4, body);
    return body;
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

  void delete() throws IOException {
    channel.close();
    Files.deleteIfExists(file);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
