package tv.hearth.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import tv.hearth.api.pieces.PieceInfo;
import tv.hearth.api.value.PieceId;
import tv.hearth.support.merkle.Merkle;

/** An open file of a committed piece, its header and hashes checked. For one thread at a time. */
final class WholePiece implements Closeable {
  /** Bytes asked of the disk at once: bounds the buffer that the JDK takes outside the heap. */
  private static final int AT_ONCE = 256 << 10;

  private final FileLayer.Opened file;
  private final PieceHeader header;
  private final byte[] hashes;

  private WholePiece(FileLayer.Opened file, PieceHeader header, byte[] hashes) {
    this.file = file;
    this.header = header;
    this.hashes = hashes;
  }

  /**
   * Checks what is not a unit: that it is this piece's file, of the right length, with its hashes.
   */
  static WholePiece open(FileLayer.Opened file, PieceId piece)
      throws IOException, DamagedException {
    boolean good = false;
    try {
      PieceHeader header = header(file, piece);
      byte[] hashes = new byte[header.units() * Merkle.HASH];
      fill(file, ByteBuffer.wrap(hashes), header.hashesAt());
      if (!Arrays.equals(Merkle.UNITS.root(hashes), header.root().toArray())) {
        throw new DamagedException("its unit hashes don't give its root");
      }
      good = true;
      return new WholePiece(file, header, hashes);
    } finally {
      if (!good) {
        file.close();
      }
    }
  }

  /** Reads and checks the header alone. */
  static PieceHeader header(FileLayer.Opened file, PieceId piece)
      throws IOException, DamagedException {
    ByteBuffer head = ByteBuffer.allocate(PieceHeader.SIZE);
    fill(file, head, 0);
    PieceHeader header = PieceHeader.decode(head.flip());
    if (!header.piece().equals(piece)) {
      throw new DamagedException("it holds piece " + header.piece());
    }
    if (!header.whole()) {
      throw new DamagedException("it was never finished");
    }
    if (file.size() != header.footprint()) {
      throw new DamagedException(
          "it has " + file.size() + " bytes in place of " + header.footprint());
    }
    return header;
  }

  /** As the file tells it; the lease is the one it came with. */
  PieceInfo info() {
    return info(header, header.lease());
  }

  static PieceInfo info(PieceHeader header, long lease) {
    return new PieceInfo(
        header.piece(),
        header.owner(),
        header.length(),
        header.unit(),
        header.root(),
        Leases.instant(lease));
  }

  byte[] hashes() {
    return hashes.clone();
  }

  /**
   * Reads whole units while they fit; each is checked before this returns.
   *
   * @return bytes read; −1 where there is no such first unit
   */
  int read(int firstUnit, int count, ByteBuffer into) throws IOException, DamagedException {
    if (firstUnit >= header.units()) {
      return -1;
    }
    int end = (int) Math.min(header.units(), (long) firstUnit + count);
    int atOnce = Math.max(1, AT_ONCE / header.unit());
    int before = into.position();
    for (int unit = firstUnit; unit < end; ) {
      int some = fitting(unit, Math.min(end, unit + atOnce), into.remaining());
      if (some == 0) {
        break;
      }
      readSome(unit, some, into);
      unit += some;
    }
    return into.position() - before;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private int fitting(int from, int end, int room) {
    int unit = from;
    while (unit < end && bytes(from, unit + 1) <= room) {
      unit++;
    }
    return unit - from;
  }

  /** Bytes of the units from {@code from} to before {@code end}. */
  private long bytes(int from, int end) {
    return Math.min(header.length(), (long) end * header.unit()) - (long) from * header.unit();
  }

  private void readSome(int first, int count, ByteBuffer into)
      throws IOException, DamagedException {
    ByteBuffer got = into.slice(into.position(), (int) bytes(first, first + count));
    fill(file, got, PieceHeader.ROOM + (long) first * header.unit());
    for (int unit = first; unit < first + count; unit++) {
      int from = (int) bytes(first, unit);
      byte[] hash = Merkle.UNITS.leaf(got.slice(from, (int) bytes(unit, unit + 1)));
      int at = unit * Merkle.HASH;
      if (!Arrays.equals(hash, 0, Merkle.HASH, hashes, at, at + Merkle.HASH)) {
        throw new DamagedException("its unit " + unit + " is not what was written");
      }
    }
    into.position(into.position() + got.capacity());
  }

  private static void fill(FileLayer.Opened file, ByteBuffer into, long at)
      throws IOException, DamagedException {
    long position = at;
    while (into.hasRemaining()) {
      int got = file.read(into, position);
      if (got < 0) {
        throw new DamagedException("it ends at byte " + position);
      }
      position += got;
    }
  }
}
