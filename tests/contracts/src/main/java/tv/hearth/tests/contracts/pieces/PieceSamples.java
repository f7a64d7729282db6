package tv.hearth.tests.contracts.pieces;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import tv.hearth.api.pieces.PieceInfo;
import tv.hearth.api.pieces.PieceStore;
import tv.hearth.api.pieces.StoreException;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.OwnerId;
import tv.hearth.api.value.PieceId;

/** Pieces to test with. Random ones come from {@code -Dhearth.seed}, else from a new seed. */
public final class PieceSamples {
  /** Of this run; to be named in messages. */
  public static final long SEED = seed();

  /** Some owner. */
  public static final OwnerId OWNER = new OwnerId("a".repeat(32));

  /** Another owner. */
  public static final OwnerId STRANGER = new OwnerId("b".repeat(32));

  /** Far off, and a whole number of milliseconds. */
  public static final Instant LEASE = Instant.ofEpochSecond(4_000_000_000L);

  private static final byte[] DOMAIN =
      "hearth-unit-1".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  private PieceSamples() {}

  /** A piece of an object that the number names. */
  public static PieceId piece(int object, int segment, int index) {
    return new PieceId(object(object), segment, index);
  }

  /** An object that the number names. */
  public static ObjectId object(int number) {
    return new ObjectId(
        String.format(Locale.ROOT, "%016x%016x", number * 0x9E3779B97F4A7C15L, number));
  }

  /** Bytes that the number names. */
  public static byte[] content(long number, int length) {
    byte[] bytes = new byte[length];
    new SplittableRandom(number).nextBytes(bytes);
    return bytes;
  }

  /** Reserves, writes in two parts and commits. */
  public static PieceInfo put(PieceStore store, PieceId piece, byte[] content, int unit)
      throws StoreException {
    store.reserve(piece, OWNER, content.length, unit, LEASE);
    int half = content.length / 2;
    store.write(piece, 0, ByteBuffer.wrap(content, 0, half));
    store.write(piece, half, ByteBuffer.wrap(content, half, content.length - half));
    return store.commit(piece);
  }

  /** Reads a whole piece, a few units at a time. */
  public static byte[] load(PieceStore store, PieceId piece, int length, int unit)
      throws StoreException {
    ByteBuffer all = ByteBuffer.allocate(length);
    while (all.hasRemaining()) {
      store.read(piece, all.position() / unit, 3, all);
    }
    return all.array();
  }

  /** Hash of a unit as the format page has it: SHA-256(domain ‖ 0 ‖ unit). */
  public static byte[] unitHash(byte[] unit) {
    return sha256(DOMAIN, new byte[] {0}, unit);
  }

  /** Root over one, two or three unit hashes. */
  public static Bytes root(byte[]... hashes) {
    byte[] left = hashes.length == 3 ? root(hashes[0], hashes[1]).toArray() : hashes[0];
    return hashes.length == 1
        ? Bytes.of(left)
        : Bytes.of(sha256(DOMAIN, new byte[] {1}, left, hashes[hashes.length - 1]));
  }

  /** Some units of a piece. */
  public static byte[] units(byte[] content, int unit, int first, int count) {
    return Arrays.copyOfRange(
        content, first * unit, Math.min(content.length, (first + count) * unit));
  }

  private static byte[] sha256(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      Arrays.stream(parts).forEach(digest::update);
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long seed() {
    String given = System.getProperty("hearth.seed", "");
    return given.isEmpty() ? System.nanoTime() : Long.parseLong(given);
  }
}
