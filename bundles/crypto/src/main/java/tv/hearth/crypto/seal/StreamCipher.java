package tv.hearth.crypto.seal;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import tv.hearth.api.cipher.CipherException;
import tv.hearth.api.cipher.CipherException.Problem;
import tv.hearth.api.cipher.ObjectCipher;
import tv.hearth.api.cipher.ObjectKey;

/** Tink's AES256-GCM-HKDF-SHA256 streaming with 64 KiB ciphertext segments. Thread-safe. */
public class StreamCipher implements ObjectCipher, AutoCloseable {
  private static final byte HEADER_LENGTH = HEADER;
  private static final int MOST_ASSOCIATED = 1024;
  private final ObjectKeys objectKeys;
  private final StreamKeys streamKeys;
  private final SecureRandom random;
  private final Rehearsal rehearsal = new Rehearsal();
  private final LongAdder sealedBytes = new LongAdder();
  private final LongAdder openedBytes = new LongAdder();
  private final LongAdder damaged = new LongAdder();

  /** Takes keys that {@code objectKeys} can reveal. */
  public StreamCipher(ObjectKeys objectKeys, SecureRandom random) {
    this.objectKeys = objectKeys;
    this.streamKeys = new StreamKeys(objectKeys);
    this.random = random;
  }

  @Override
  public final ObjectKey newKey() {
    return objectKeys.create();
  }

  @Override
  public final byte[] newHeader() {
    byte[] header = new byte[HEADER];
    random.nextBytes(header);
    header[0] = HEADER_LENGTH;
    return header;
  }

  @Override
  public final void seal(
      ObjectKey key,
      byte[] header,
      byte[] associated,
      long firstUnit,
      boolean ends,
      ByteBuffer plain,
      ByteBuffer sealed)
      throws CipherException {
    check(header, associated);
    long length = Layout.sealedLength(firstUnit, ends, plain.remaining());
    checkRoom("sealed", sealed, length);
    UnitCipher cipher = new UnitCipher(streamKeys.of(key, header, associated), header);
    if (firstUnit == 0) {
      sealed.put(header);
    }
    long unit = firstUnit;
    do {
      int taken = Math.min(plain.remaining(), Layout.plainOf(unit));
      cipher.seal(unit, ends && taken == plain.remaining(), plain, taken, sealed);
      unit++;
    } while (plain.hasRemaining());
    sealedBytes.add(length);
  }

  @Override
  public final void open(
      ObjectKey key,
      byte[] header,
      byte[] associated,
      long firstUnit,
      boolean ends,
      ByteBuffer sealed,
      ByteBuffer plain)
      throws CipherException {
    check(header, associated);
    int start = sealed.position();
    int plainStart = plain.position();
    try {
      checkRoom("plain", plain, Layout.plainLength(firstUnit, ends, sealed.remaining()));
      UnitCipher cipher = new UnitCipher(streamKeys.of(key, header, associated), header);
      openUnits(cipher, header, firstUnit, ends, sealed, plain);
      openedBytes.add(sealed.position() - start);
    } catch (CipherException e) {
      damaged.increment();
      sealed.position(start);
      wipe(plain, plainStart);
      throw e;
    }
  }

  /** Ciphertext bytes made since the start. */
  public final long sealedBytes() {
    return sealedBytes.sum();
  }

  /** Ciphertext bytes opened since the start. */
  public final long openedBytes() {
    return openedBytes.sum();
  }

  /** Calls of {@link #open} that failed since the start. */
  public final long damaged() {
    return damaged.sum();
  }

  /** Forgets the derived keys. */
  @Override
  public final void close() {
    streamKeys.clear();
  }

  private void openUnits(
      UnitCipher cipher,
      byte[] header,
      long firstUnit,
      boolean ends,
      ByteBuffer sealed,
      ByteBuffer plain)
      throws CipherException {
    if (firstUnit == 0) {
      checkHeader(header, sealed);
    }
    for (long unit = firstUnit; sealed.hasRemaining(); unit++) {
      int taken = Math.min(sealed.remaining(), unit == 0 ? UNIT - HEADER : UNIT);
      rehearsal.step();
      cipher.open(unit, ends && taken == sealed.remaining(), sealed, taken, plain);
    }
  }

  private static void checkHeader(byte[] header, ByteBuffer sealed) throws CipherException {
    byte[] found = new byte[HEADER];
    sealed.get(found);
    if (!Arrays.equals(found, header)) {
      throw new CipherException(Problem.DAMAGED, "the stream begins with another header");
    }
  }

  private static void check(byte[] header, byte[] associated) throws CipherException {
    if (header.length != HEADER || header[0] != HEADER_LENGTH) {
      throw new CipherException(
          Problem.UNKNOWN_FORMAT,
          "no header of AES256-GCM-HKDF-SHA256 streaming (40 bytes, the first of them 0x28)");
    }
    if (associated.length > MOST_ASSOCIATED) {
      throw new IllegalArgumentException(
          "associated data of " + associated.length + " bytes, at most " + MOST_ASSOCIATED);
    }
  }

  private static void checkRoom(String name, ByteBuffer buffer, long needed) {
    if (buffer.remaining() < needed) {
      throw new IllegalArgumentException(
          name + " has room for " + buffer.remaining() + " bytes, not " + needed);
    }
  }

  private static void wipe(ByteBuffer plain, int start) {
    for (int i = start; i < plain.position(); i++) {
      plain.put(i, (byte) 0);
    }
    plain.position(start);
  }
}
