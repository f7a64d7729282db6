package tv.hearth.support.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.hearth.support.Seeds;

class JsonWriterTest {
  private static final Pattern STRING =
      Pattern.compile("\"([\\x20\\x21\\x23-\\x5b\\x5d-\\uffff]|\\\\[\"\\\\]|\\\\u[0-9a-f]{4})*\"");
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");

  @Test
  void nesting() {
    JsonWriter json = new JsonWriter().object();
    json.name("a").array().value(1).value("x").object().end().array().end().end();
    json.name("b").object().name("c").value(true).name("d").value((String) null).end();
    json.name("e").value(2.5).end();
    assertEquals(
        "{\"a\":[1,\"x\",{},[]],\"b\":{\"c\":true,\"d\":null},\"e\":2.5}", json.toString());
    assertEquals("[]", new JsonWriter().array().end().toString());
    assertEquals("\"alone\"", new JsonWriter().value("alone").toString());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, 0",
    "1, 1",
    "-17, -17",
    "0.1, 0.1",
    "1e20, 1.0E20",
    "1e-9, 1.0E-9",
    "999999999999999, 999999999999999",
    "NaN, null",
    "Infinity, null",
    "-Infinity, null"
  })
  void numbers(double number, String json) {
    assertEquals(json, new JsonWriter().value(number).toString());
  }

  @Test
  void integersAreWhole() {
    assertEquals(
        "[9223372036854775807,-9223372036854775808]",
        new JsonWriter().array().value(Long.MAX_VALUE).value(Long.MIN_VALUE).end().toString());
  }

  @Test
  void escapes() {
    assertEquals(
        "\"\\\"\\\\/\\u000a\\u0000\\u003cb>ü\\ud83d\\ude00\\u2028\"",
        new JsonWriter().value("\"\\/\n\0<b>ü\ud83d\ude00\u2028").toString());
    assertEquals("{\"\\\"\":1}", new JsonWriter().object().name("\"").value(1).end().toString());
  }

  @Test
  void randomTextsAndNumbersComeBack() {
    SplittableRandom random = Seeds.random();
    for (int i = 0; i < 5_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(20); length > 0; length--) {
        text.append((char) random.nextInt(random.nextBoolean() ? 128 : 65_536));
      }
      String json = new JsonWriter().value(text.toString()).toString();
      assertTrue(STRING.matcher(json).matches(), Seeds.note(json));
      assertEquals(text.toString(), unquoted(json), Seeds.note(json));
      double number = Double.longBitsToDouble(random.nextLong());
      String digits = new JsonWriter().value(number).toString();
      if (Double.isFinite(number)) {
        assertTrue(NUMBER.matcher(digits).matches(), Seeds.note(digits));
        assertEquals(number, Double.parseDouble(digits), Seeds.note(digits));
      }
    }
  }

  private static String unquoted(String json) {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i < json.length() - 1; i++) {
      char c = json.charAt(i);
      if (c == '\\' && json.charAt(i + 1) == 'u') {
        text.append((char) Integer.parseInt(json.substring(i + 2, i + 6), 16));
        i += 5;
      } else if (c == '\\') {
        text.append(json.charAt(++i));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG-u-nu-arab", "th-TH-u-ca-buddhist-nu-thai", "tr-TR"})
  void noLanguageChangesAByte(String language) {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag(language));
      assertEquals("\"I\\u0001i\"", new JsonWriter().value("I\1i").toString());
      assertEquals("-1234.5", new JsonWriter().value(-1234.5).toString());
      assertEquals("1234567", new JsonWriter().value(1_234_567).toString());
    } finally {
      Locale.setDefault(before);
    }
  }
}
