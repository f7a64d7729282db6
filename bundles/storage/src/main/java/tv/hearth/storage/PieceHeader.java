package tv.hearth.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.OwnerId;
import tv.hearth.api.value.PieceId;
import tv.hearth.support.merkle.Merkle;
import tv.hearth.support.text.KeyIds;

/**
 * The first 192 bytes of a piece's file, from which the index can be made anew. Format page "unit
 * layout".
 *
 * @param whole true once all units and their hashes are in the file
 * @param lease milliseconds since 1970; {@link Leases#FOREVER} for no end
 * @param root Merkle root of the unit hashes; zeros until whole
 * @param boot start of the machine during which an unfinished piece is written; zeros once whole
 */
record PieceHeader(
    PieceId piece,
    OwnerId owner,
    long length,
    int unit,
    long lease,
    boolean whole,
    Bytes root,
    Bytes boot) {
  /** Bytes before the first unit: a block of the disk, so that units lie on blocks too. */
  static final int ROOM = 4096;

  /** Bytes that count. */
  static final int SIZE = 192;

  private static final byte[] MAGIC = "HEARTHPC".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DOMAIN = "hearth-piece-file-1".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  private static final int SUMMED = 160;
  private static final int BOOT = 16;

  /** Nothing yet: all zeros. */
  static final Bytes NO_ROOT = Bytes.of(new byte[Merkle.HASH]);

  static final Bytes NO_BOOT = Bytes.of(new byte[BOOT]);

  /** How many units a piece of that length has. */
  static int units(long length, int unit) {
    return Math.toIntExact((length + unit - 1) / unit);
  }

  int units() {
    return units(length, unit);
  }

  /** Where the unit hashes begin. */
  long hashesAt() {
    return ROOM + length;
  }

  /** Bytes of the whole file. */
  long footprint() {
    return footprint(length, unit);
  }

  static long footprint(long length, int unit) {
    return ROOM + length + (long) Merkle.HASH * units(length, unit);
  }

  /** The same piece, whole. */
  PieceHeader completed(Bytes itsRoot) {
    return new PieceHeader(piece, owner, length, unit, lease, true, itsRoot, NO_BOOT);
  }

  /** 192 bytes. */
  ByteBuffer encode() {
    ByteBuffer out = ByteBuffer.allocate(SIZE);
    out.put(MAGIC).putShort((short) VERSION).put((byte) (whole ? 1 : 0)).put((byte) 0);
    out.putInt(unit).put(piece.object().toBytes()).putInt(piece.segment()).putInt(piece.index());
    out.putLong(length).putLong(lease).put(owner.text().getBytes(StandardCharsets.US_ASCII));
    out.put(root.toArray()).put(boot.toArray()).position(SUMMED);
    out.put(sum(out.array()));
    return out.flip();
  }

  /**
   * Reads a header; {@code bytes} holds at least 192.
   *
   * @throws DamagedException where these are not the bytes of a header
   * @throws IOException for an unknown version: a later release's piece is no damaged one
   */
  static PieceHeader decode(ByteBuffer bytes) throws DamagedException, IOException {
    byte[] head = new byte[SIZE];
    if (bytes.remaining() < SIZE) {
      throw new DamagedException("its header is cut short");
    }
    bytes.get(head);
    if (!Arrays.equals(head, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new DamagedException("it is not a piece's file (no HEARTHPC at its beginning)");
    }
    ByteBuffer in = ByteBuffer.wrap(head).position(MAGIC.length);
    int version = in.getShort();
    if (version != VERSION) {
      throw new IOException(
          "its format is version " + version + ", this release knows version " + VERSION);
    }
    if (!MessageDigest.isEqual(sum(head), Arrays.copyOfRange(head, SUMMED, SIZE))) {
      throw new DamagedException("its header's check sum is wrong");
    }
    return fields(in);
  }

  private static PieceHeader fields(ByteBuffer in) throws DamagedException {
    try {
      boolean whole = in.getShort() >> 8 == 1;
      int unit = in.getInt();
      PieceId piece = new PieceId(ObjectId.of(take(in, 16)), in.getInt(), in.getInt());
      long length = in.getLong();
      long lease = in.getLong();
      OwnerId owner = new OwnerId(new String(take(in, 32), StandardCharsets.US_ASCII));
      PieceLimits.check(length, unit);
      Bytes root = Bytes.of(take(in, Merkle.HASH));
      return new PieceHeader(
          piece, owner, length, unit, lease, whole, root, Bytes.of(take(in, 16)));
    } catch (IllegalArgumentException e) {
      throw new DamagedException("its header holds what can't be: " + e.getMessage());
    }
  }

  private static byte[] take(ByteBuffer in, int count) {
    byte[] bytes = new byte[count];
    in.get(bytes);
    return bytes;
  }

  private static byte[] sum(byte[] head) {
    byte[] summed = Arrays.copyOf(DOMAIN, DOMAIN.length + SUMMED);
    System.arraycopy(Objects.requireNonNull(head), 0, summed, DOMAIN.length, SUMMED);
    return KeyIds.sha256(summed);
  }
}
