package tv.hearth.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import tv.hearth.api.value.Bytes;
import tv.hearth.support.merkle.Merkle;

/** The open file of a piece that is being written. For one thread at a time. */
final class PartFile implements Closeable {
  private static final int AT_ONCE = 64 << 10;

  private final FileLayer.Opened file;
  private final PieceHeader header;
  private final UnitHasher hasher;

  PartFile(FileLayer.Opened file, PieceHeader header) {
    this.file = file;
    this.header = header;
    this.hasher = new UnitHasher(header.length(), header.unit());
  }

  /** Writes the header of an unfinished piece. */
  void begin() throws IOException {
    file.write(header.encode(), 0);
  }

  void write(long at, ByteBuffer bytes) throws IOException {
    ByteBuffer same = bytes.duplicate();
    file.write(bytes, PieceHeader.ROOM + at);
    hasher.feed(at, same);
  }

  /** Adds the unit hashes and the finished header, which it returns. Not yet durable. */
  PieceHeader finish() throws IOException {
    Optional<byte[]> seen = hasher.result();
    byte[] hashes = seen.isPresent() ? seen.get() : readAgain();
    PieceHeader finished = header.completed(Bytes.of(Merkle.UNITS.root(hashes)));
    file.write(ByteBuffer.wrap(hashes), header.hashesAt());
    file.write(finished.encode(), 0);
    return finished;
  }

  void force() throws IOException {
    file.force();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private byte[] readAgain() throws IOException {
    UnitHasher again = new UnitHasher(header.length(), header.unit());
    ByteBuffer buffer = ByteBuffer.allocate(AT_ONCE);
    for (long at = 0; at < header.length(); at += buffer.limit()) {
      buffer.clear().limit((int) Math.min(AT_ONCE, header.length() - at));
      int got = file.read(buffer, PieceHeader.ROOM + at);
      if (got <= 0) {
        throw new IOException("the unfinished file of " + header.piece() + " ends at byte " + at);
      }
      again.feed(at, buffer.flip());
    }
    return again.result().orElseThrow();
  }
}
