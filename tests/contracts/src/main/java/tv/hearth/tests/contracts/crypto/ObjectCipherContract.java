package tv.hearth.tests.contracts.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static tv.hearth.api.cipher.ObjectCipher.FIRST_PLAIN;
import static tv.hearth.api.cipher.ObjectCipher.HEADER;
import static tv.hearth.api.cipher.ObjectCipher.PLAIN;
import static tv.hearth.api.cipher.ObjectCipher.TAG;
import static tv.hearth.api.cipher.ObjectCipher.UNIT;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tv.hearth.api.cipher.CipherException;
import tv.hearth.api.cipher.CipherException.Problem;
import tv.hearth.api.cipher.ObjectCipher;
import tv.hearth.api.cipher.ObjectKey;
import tv.hearth.api.value.Bytes;

/** What every {@link ObjectCipher} does. */
public abstract class ObjectCipherContract extends CryptoContract {
  private static final byte[] ASSOCIATED = {1, 2, 3};
  private final Seeded seed = new Seeded();
  private ObjectCipher cipher;
  private ObjectKey key;
  private byte[] header;

  @BeforeEach
  final void setUpCipher() throws Exception {
    cipher = node("box").cipher();
    key = cipher.newKey();
    header = cipher.newHeader();
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0,
        1,
        FIRST_PLAIN - 1,
        FIRST_PLAIN,
        FIRST_PLAIN + 1,
        FIRST_PLAIN + PLAIN,
        FIRST_PLAIN + PLAIN + 1,
        3 * UNIT
      })
  void opensWhatItSealed(int length) throws CipherException {
    byte[] plain = seed.bytes(length);
    byte[] sealed = seal(plain);
    int units = length <= FIRST_PLAIN ? 1 : 1 + (length - FIRST_PLAIN + PLAIN - 1) / PLAIN;
    assertEquals(length + HEADER + units * TAG, sealed.length);
    assertArrayEquals(header, Arrays.copyOf(sealed, HEADER));
    assertArrayEquals(plain, open(0, true, sealed), seed::toString);
  }

  @Test
  void anEmptyObjectIsOneUnitOf56Bytes() throws CipherException {
    assertEquals(56, seal(new byte[0]).length);
  }

  @Test
  void sealsUnitByUnitToTheSameBytes() throws CipherException {
    byte[] plain = seed.bytes(FIRST_PLAIN + 2 * PLAIN + 7);
    byte[] whole = seal(plain);
    ByteBuffer sealed = ByteBuffer.allocate(whole.length);
    ByteBuffer in = ByteBuffer.wrap(plain);
    for (int unit = 0; unit < 4; unit++) {
      in.limit(Math.min(plain.length, FIRST_PLAIN + unit * PLAIN));
      cipher.seal(key, header, ASSOCIATED, unit, unit == 3, in, sealed);
    }
    assertArrayEquals(whole, sealed.array(), seed::toString);
  }

  @Test
  void opensAnyRunOfUnits() throws CipherException {
    byte[] plain = seed.bytes(FIRST_PLAIN + 3 * PLAIN + 100);
    byte[] sealed = seal(plain);
    for (int from = 0; from < 5; from++) {
      for (int to = from + 1; to <= 5; to++) {
        int end = Math.min(sealed.length, to * UNIT);
        byte[] opened = open(from, to == 5, Arrays.copyOfRange(sealed, from * UNIT, end));
        int start = from == 0 ? 0 : FIRST_PLAIN + (from - 1) * PLAIN;
        byte[] expected = Arrays.copyOfRange(plain, start, start + opened.length);
        assertArrayEquals(expected, opened, seed + " units " + from + "…" + to);
      }
    }
  }

  @Test
  void worksOnDirectAndOnReadOnlyBuffers() throws CipherException {
    byte[] plain = seed.bytes(2 * UNIT);
    ByteBuffer in = ByteBuffer.allocateDirect(plain.length).put(plain).flip();
    ByteBuffer sealed = ByteBuffer.allocateDirect(3 * UNIT);
    cipher.seal(key, header, ASSOCIATED, 0, true, in.asReadOnlyBuffer(), sealed);
    ByteBuffer opened = ByteBuffer.allocate(plain.length);
    cipher.open(key, header, ASSOCIATED, 0, true, sealed.flip(), opened);
    assertFalse(sealed.hasRemaining());
    assertArrayEquals(plain, opened.array(), seed::toString);
  }

  @Test
  void aRepeatedCallGivesTheSameBytes() throws CipherException {
    byte[] plain = seed.bytes(1000);
    assertArrayEquals(seal(plain), seal(plain));
  }

  @Test
  void refusesEveryFlippedByte() throws CipherException {
    byte[] sealed = seal(seed.bytes(200));
    for (int at = 0; at < sealed.length; at++) {
      sealed[at] ^= (byte) (1 << at % 8);
      damaged(0, true, sealed, "byte " + at + " flipped");
      sealed[at] ^= (byte) (1 << at % 8);
    }
    assertEquals(200, open(0, true, sealed).length);
  }

  @Test
  void refusesACutStream() throws CipherException {
    byte[] sealed = seal(seed.bytes(FIRST_PLAIN + PLAIN));
    for (int length : new int[] {0, 1, HEADER, HEADER + TAG, UNIT, UNIT + 1, UNIT + TAG}) {
      damaged(0, true, Arrays.copyOf(sealed, length), "cut to " + length);
    }
    damaged(0, true, Arrays.copyOf(sealed, 2 * UNIT - 1), "cut by a byte");
    damaged(0, false, Arrays.copyOf(sealed, 2 * UNIT - 1), "not whole units");
  }

  @Test
  void refusesAStreamWithMoreAfterItsEnd() throws CipherException {
    byte[] sealed = seal(seed.bytes(FIRST_PLAIN));
    damaged(0, true, Arrays.copyOf(sealed, UNIT + 100), "longer");
    damaged(0, false, sealed, "its last unit as one in the middle");
  }

  @Test
  void refusesUnitsOutOfOrder() throws CipherException {
    byte[] sealed = seal(seed.bytes(FIRST_PLAIN + 2 * PLAIN));
    byte[] second = Arrays.copyOfRange(sealed, UNIT, 2 * UNIT);
    assertEquals(PLAIN, open(1, false, second).length);
    damaged(2, false, second, "unit 1 as unit 2");
    damaged(2, true, second, "unit 1 as the last");
  }

  @Test
  void refusesOtherAssociatedDataHeaderAndKey() throws CipherException {
    byte[] sealed = seal(seed.bytes(100));
    ByteBuffer plain = ByteBuffer.allocate(200);
    byte[] other = {1, 2, 4};
    assertProblem(
        Problem.DAMAGED,
        () -> cipher.open(key, header, other, 0, true, ByteBuffer.wrap(sealed), plain));
    assertProblem(
        Problem.DAMAGED,
        () ->
            cipher.open(
                key, cipher.newHeader(), ASSOCIATED, 0, true, ByteBuffer.wrap(sealed), plain));
    assertProblem(
        Problem.DAMAGED,
        () ->
            cipher.open(
                cipher.newKey(), header, ASSOCIATED, 0, true, ByteBuffer.wrap(sealed), plain));
  }

  @Test
  void leavesBuffersAsTheyWereAndNothingReadableWhereItFails() throws CipherException {
    byte[] sealed = seal(seed.bytes(FIRST_PLAIN + 100));
    sealed[sealed.length - 1] ^= 1;
    ByteBuffer in = ByteBuffer.wrap(sealed);
    ByteBuffer plain = ByteBuffer.allocate(2 * UNIT);
    plain.put((byte) 9);
    assertProblem(Problem.DAMAGED, () -> cipher.open(key, header, ASSOCIATED, 0, true, in, plain));
    assertEquals(0, in.position());
    assertEquals(1, plain.position());
    byte[] rest = Arrays.copyOfRange(plain.array(), 1, plain.capacity());
    assertArrayEquals(new byte[rest.length], rest);
  }

  @Test
  void refusesUnknownHeadersByName() {
    byte[] unknown = header.clone();
    unknown[0] = 0x29;
    ByteBuffer out = ByteBuffer.allocate(UNIT);
    for (byte[] bad : new byte[][] {unknown, new byte[0], Arrays.copyOf(header, 41)}) {
      assertProblem(
          Problem.UNKNOWN_FORMAT,
          () -> cipher.seal(key, bad, ASSOCIATED, 0, true, ByteBuffer.allocate(1), out));
    }
  }

  @Test
  void refusesAKeyOfAnotherNode() throws Exception {
    ObjectKey foreign = node("another").cipher().newKey();
    ByteBuffer out = ByteBuffer.allocate(UNIT);
    for (ObjectKey bad : new ObjectKey[] {foreign, new ObjectKey(Bytes.of(new byte[3]))}) {
      assertProblem(
          Problem.NO_KEY,
          () -> cipher.seal(bad, header, ASSOCIATED, 0, true, ByteBuffer.allocate(1), out));
    }
  }

  @Test
  void refusesArgumentsThatMakeNoStream() {
    ByteBuffer out = ByteBuffer.allocate(UNIT);
    illegal(0, false, FIRST_PLAIN - 1, out);
    illegal(0, false, 0, out);
    illegal(1, false, PLAIN - 1, out);
    illegal(1, true, 0, out);
    illegal(-1, true, 1, out);
    illegal(1L << 32, true, 1, out);
    illegal(0, true, FIRST_PLAIN, ByteBuffer.allocate(UNIT - 1));
  }

  @Test
  void headersAndKeysAreFresh() {
    assertNotEquals(Bytes.of(cipher.newHeader()), Bytes.of(cipher.newHeader()));
    assertNotEquals(cipher.newKey(), cipher.newKey());
    assertEquals(0x28, header[0]);
  }

  @Test
  void keysOutliveTheServiceAndManyStreamsDontMixUp() throws Exception {
    byte[] plain = seed.bytes(100);
    byte[] sealed = seal(plain);
    cipher = node("box").cipher();
    for (int i = 0; i < 100; i++) {
      byte[] associated = {(byte) i};
      ByteBuffer out = ByteBuffer.allocate(UNIT);
      cipher.seal(
          cipher.newKey(), cipher.newHeader(), associated, 0, true, ByteBuffer.wrap(plain), out);
    }
    assertArrayEquals(plain, open(0, true, sealed), seed::toString);
  }

  @Test
  void manyThreadsSealAtOnce() throws CipherException {
    byte[] plain = seed.bytes(2 * UNIT);
    byte[] expected = seal(plain);
    boolean same =
        IntStream.range(0, 32)
            .parallel()
            .allMatch(i -> Arrays.equals(expected, sealUnchecked(plain)));
    assertEquals(true, same);
  }

  private byte[] sealUnchecked(byte[] plain) {
    try {
      return seal(plain);
    } catch (CipherException e) {
      throw new AssertionError(e);
    }
  }

  private byte[] seal(byte[] plain) throws CipherException {
    ByteBuffer sealed = ByteBuffer.allocate(plain.length + 2 * UNIT);
    ByteBuffer in = ByteBuffer.wrap(plain);
    cipher.seal(key, header, ASSOCIATED, 0, true, in, sealed);
    assertFalse(in.hasRemaining());
    return Arrays.copyOf(sealed.array(), sealed.position());
  }

  private byte[] open(long firstUnit, boolean ends, byte[] sealed) throws CipherException {
    ByteBuffer plain = ByteBuffer.allocate(sealed.length);
    cipher.open(key, header, ASSOCIATED, firstUnit, ends, ByteBuffer.wrap(sealed), plain);
    return Arrays.copyOf(plain.array(), plain.position());
  }

  private void damaged(long firstUnit, boolean ends, byte[] sealed, String how) {
    CipherException e =
        assertThrows(CipherException.class, () -> open(firstUnit, ends, sealed), how);
    assertEquals(Problem.DAMAGED, e.problem(), how);
  }

  private void illegal(long firstUnit, boolean ends, int length, ByteBuffer out) {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            cipher.seal(
                key, header, ASSOCIATED, firstUnit, ends, ByteBuffer.allocate(length), out));
  }

  private static void assertProblem(
      Problem expected, org.junit.jupiter.api.function.Executable call) {
    assertEquals(expected, assertThrows(CipherException.class, call).problem());
  }
}
