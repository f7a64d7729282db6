package tv.hearth.support.cbor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hostile input: refused, by name, before memory is taken for it. */
class CborRefusalsTest {
  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  @ParameterizedTest
  @CsvSource({
    "a161611801, shortest", // 1 in two bytes
    "a1616118 17, shortest",
    "a161611900ff, shortest",
    "a161611a0000ffff, shortest",
    "a161611b00000000ffffffff, shortest",
    "a161613817, shortest",
    "a1616158 01 00, shortest", // a length
    "b801616100, shortest", // a map's size
    "a1 78016100, shortest", // a key's length
    "a2616200616100, out of order",
    "a2616100616100, twice",
    "a2626161006162 00, out of order",
    "a1 62c3bc 00, not ASCII",
    "a10000, text string", // a number as a key
    "a14100, text string",
    "a16161 61ff, not UTF-8",
    "a16161 62c080, not UTF-8", // overlong NUL
    "a16161 63eda080, not UTF-8", // a lone surrogate
    "a16161 00 00, too many",
    "'', ends",
    "a1, longer than its input",
    "a16161, ends",
    "a1616119, ends",
    "a1616119 01, ends",
    "a16161 43 0102, longer than its input",
    "a16161 5b7fffffffffffffff, longer than its input",
    "a16161 5bffffffffffffffff, longer than its input",
    "a16161 7affffffff, longer than its input",
    "a16161 9a7fffffff, longer than its input",
    "a16161 bbffffffffffffffff, longer than its input",
    "bb7fffffffffffffff, longer than its input",
    "a16161 1c, definite length",
    "a16161 5f, definite length",
    "80, a map",
    "00, a map"
  })
  void badInputIsRefusedByName(String input, String reason) {
    CborException thrown =
        assertThrows(CborException.class, () -> CborMap.parse(hex(input.replace(" ", ""))));
    assertTrue(thrown.getMessage().contains(reason), thrown.getMessage());
  }

  @Test
  void keysAreAtMost64Bytes() throws CborException {
    assertEquals(0, CborMap.parse(keyOf(64)).number("k".repeat(64), 0, 0));
    assertThrows(CborException.class, () -> CborMap.parse(keyOf(65)));
  }

  private static byte[] keyOf(int length) {
    return new CborWriter().mapHead(1).text("k".repeat(length)).number(0).toBytes();
  }

  @Test
  void nestingIsBounded() throws CborException {
    assertEquals(1, MapEdits.keys(CborMap.parse(hex("a16161" + "81".repeat(8) + "00"))).size());
    refusedAsDeep("a16161" + "81".repeat(9) + "00");
    refusedAsDeep("a16161".repeat(9) + "a0");
    refusedAsDeep("a16161".repeat(100_000) + "00");
    refusedAsDeep("a16161" + "81".repeat(1_000_000) + "00");
  }

  private static void refusedAsDeep(String input) {
    CborException thrown = assertThrows(CborException.class, () -> CborMap.parse(hex(input)));
    assertTrue(thrown.getMessage().contains("nested"), thrown.getMessage());
  }

  /** A mebibyte of empty maps would be 70 MB of objects, more than a box has. */
  @Test
  void manyTinyValuesAreRefused() {
    byte[] input = new byte[1 << 20];
    Arrays.fill(input, (byte) 0xa0);
    ByteBuffer.wrap(input).put(hex("a1616a9a")).putInt(input.length - 8);
    long before = allocated();
    CborException thrown = assertThrows(CborException.class, () -> CborMap.parse(input));
    assertTrue(thrown.getMessage().contains("more than 262144 values"), thrown.getMessage());
    assertTrue(allocated() - before < 32 << 20, "allocated " + (allocated() - before));
  }

  @Test
  void claimedLengthsTakeNoMemory() {
    long before = allocated();
    for (String claim : new String[] {"5a7ffffff0", "7a7ffffff0", "9a7ffffff0", "ba7ffffff0"}) {
      assertThrows(CborException.class, () -> CborMap.parse(hex("a16161" + claim + "00")));
    }
    assertTrue(allocated() - before < 4 << 20, "allocated " + (allocated() - before));
  }

  static long allocated() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
