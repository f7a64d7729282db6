package tv.hearth.support.cbor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The vectors of RFC 8949, appendix A, that are in our subset; the others are refused. */
class CborVectorsTest {
  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 00",
    "1, 01",
    "10, 0a",
    "23, 17",
    "24, 1818",
    "25, 1819",
    "100, 1864",
    "255, 18ff",
    "256, 190100",
    "1000, 1903e8",
    "65535, 19ffff",
    "65536, 1a00010000",
    "1000000, 1a000f4240",
    "4294967295, 1affffffff",
    "4294967296, 1b0000000100000000",
    "1000000000000, 1b000000e8d4a51000",
    "9223372036854775807, 1b7fffffffffffffff",
    "-1, 20",
    "-10, 29",
    "-24, 37",
    "-25, 3818",
    "-100, 3863",
    "-256, 38ff",
    "-257, 390100",
    "-1000, 3903e7",
    "-9223372036854775808, 3b7fffffffffffffff"
  })
  void integers(long value, String bytes) throws CborException {
    assertArrayEquals(hex(bytes), new CborWriter().number(value).toBytes());
    CborReader reader = new CborReader(hex(bytes));
    assertEquals(value, reader.number());
    reader.end();
  }

  @ParameterizedTest
  @CsvSource({"'', 40", "01020304, 4401020304"})
  void byteStrings(String content, String bytes) throws CborException {
    assertArrayEquals(hex(bytes), new CborWriter().bytes(hex(content)).toBytes());
    assertArrayEquals(hex(content), new CborReader(hex(bytes)).bytes(4));
  }

  @ParameterizedTest
  @CsvSource({
    "'', 60",
    "a, 6161",
    "IETF, 6449455446",
    "'\"\\', 62225c",
    "\u00fc, 62c3bc",
    "\u6c34, 63e6b0b4",
    "\ud800\udd51, 64f0908591"
  })
  void texts(String text, String bytes) throws CborException {
    assertArrayEquals(hex(bytes), new CborWriter().text(text).toBytes());
    assertEquals(text, new CborReader(hex(bytes)).text(4));
  }

  @Test
  void simpleValuesInAMap() throws CborException {
    byte[] bytes = hex("a26161f46162f5");
    CborMap map = CborMap.parse(bytes);
    assertEquals(List.of(false, true), List.of(map.bool("a"), map.bool("b")));
    assertArrayEquals(bytes, map.toBytes());
  }

  @Test
  void arraysAndMaps() throws CborException {
    byte[] bytes = hex("a26161016162820203");
    CborMap map = CborMap.parse(bytes);
    assertEquals(1, map.number("a", 0, 9));
    assertEquals(List.of(2L, 3L), MapEdits.value(map, "b"));
    assertArrayEquals(bytes, map.toBytes());
    byte[] letters = hex("a56161614161626142616361436164614461656145");
    assertArrayEquals(letters, CborMap.parse(letters).toBytes());
    assertArrayEquals(
        hex("83010203"), new CborWriter().arrayHead(3).number(1).number(2).number(3).toBytes());
    assertEquals(25, new CborReader(hex("9819" + "00".repeat(25))).arrayHead());
  }

  @Test
  void tags() throws CborException {
    CborReader reader = new CborReader(hex("c11a514b67b0"));
    reader.tag(1);
    assertEquals(1_363_896_240L, reader.number());
    assertArrayEquals(
        hex("d74401020304"), new CborWriter().tag(23).bytes(hex("01020304")).toBytes());
    assertThrows(CborException.class, () -> new CborReader(hex("c100")).tag(2));
    assertThrows(CborException.class, () -> new CborReader(hex("00")).tag(0));
  }

  @Test
  void keysAreOrderedByLengthThenByBytes() {
    CborMap map = new CborMap().put("bb", 3).put("b", 2).put("aaa", 4).put("a", 1).put("ab", 5);
    String keys = "6161016162026261620562626203" + "6361616104";
    assertEquals("a5" + keys, HexFormat.of().formatHex(map.toBytes()));
  }

  /** Appendix A's values beyond our subset, each as a map's value. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1bffffffffffffffff", // beyond a long
        "3bffffffffffffffff",
        "c249010000000000000000", // bignum
        "f90000",
        "fa47c35000",
        "fb3ff199999999999a",
        "f97c00",
        "f97e00",
        "f6", // null
        "f7", // undefined
        "f0", // simple
        "f8ff",
        "c074323031332d30332d32315432303a30343a30305a", // tagged
        "5f42010243030405ff", // indefinite lengths
        "7f657374726561646d696e67ff",
        "9fff",
        "bfff",
        "9f018202039f0405ffff"
      })
  void whatIsOutsideOfTheSubsetIsRefused(String value) {
    assertThrows(CborException.class, () -> CborMap.parse(hex("a16161" + value)));
  }

  @Test
  void messagesNameKeyAndRange() {
    CborMap map = new CborMap().put("size", 7).put("name", "long").put("raw", new byte[3]);
    assertMessage("size is 7, not in 0…5", () -> map.number("size", 0, 5));
    assertMessage("name is longer than 3 characters", () -> map.text("name", 3));
    assertMessage("raw has 3 bytes, not 4…8", () -> map.bytes("raw", 4, 8));
    assertMessage("nothing is missing", () -> map.text("nothing", 3));
    assertMessage("size has another type", () -> map.text("size", 3));
  }

  private static void assertMessage(
      String message, org.junit.jupiter.api.function.Executable call) {
    CborException thrown = assertThrows(CborException.class, call);
    assertEquals(message, thrown.getMessage());
  }
}
