package tv.hearth.support.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tv.hearth.support.Seeds;

class TextTest {
  /** RFC 4648 §10, in lower case and without padding. */
  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "f, my",
    "fo, mzxq",
    "foo, mzxw6",
    "foob, mzxw6yq",
    "fooba, mzxw6ytb",
    "foobar, mzxw6ytboi"
  })
  void base32(String plain, String coded) {
    assertEquals(coded, Base32.encode(plain.getBytes(StandardCharsets.US_ASCII)));
  }

  /** Against big-number arithmetic: five bytes are eight digits of base 32. */
  @Test
  void base32OfManyBytes() {
    SplittableRandom random = Seeds.random();
    for (int groups = 1; groups < 40; groups++) {
      byte[] bytes = Seeds.bytes(random, 5 * groups);
      String digits = new BigInteger(1, bytes).toString(32);
      StringBuilder expected = new StringBuilder("0".repeat(8 * groups - digits.length()) + digits);
      for (int i = 0; i < expected.length(); i++) {
        int digit = Character.digit(expected.charAt(i), 32);
        expected.setCharAt(i, "abcdefghijklmnopqrstuvwxyz234567".charAt(digit));
      }
      assertEquals(expected.toString(), Base32.encode(bytes), Seeds.note(groups + " groups"));
    }
  }

  /** FIPS 180-2's vector "abc", its first 20 bytes as base32. */
  @Test
  void keyIds() {
    byte[] abc = "abc".getBytes(StandardCharsets.US_ASCII);
    assertEquals(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        HexFormat.of().formatHex(KeyIds.sha256(abc)));
    assertEquals("xj4bnp4pahh6uqkbidpf3lrceoyagynd", KeyIds.of(abc));
  }
}
