package tv.hearth.tuf.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @Test
  void whatBeginsAsJsonAndHasNoEndIsToldFromWhatIsNone() throws Exception {
    byte[] whole = "{\"a\":[true,\"\\u00e4ö\",-12,null]}".getBytes(UTF_8);
    JsonParser.parse(whole);
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      JsonException e = assertThrows(JsonException.class, () -> JsonParser.parse(part));
      assertTrue(e.endsEarly(), e.getMessage());
    }
    for (String none : List.of("{\"a\" 1}", "{]", "[tru3]", "{} {", "[1.5]", "\u0001")) {
      JsonException e =
          assertThrows(JsonException.class, () -> JsonParser.parse(none.getBytes(UTF_8)));
      assertFalse(e.endsEarly(), e.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"a\":1,\"a\":1}",
        "[1,]",
        "01",
        "1.0",
        "1e3",
        "9223372036854775808",
        "-",
        "{} {}",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\n\"",
        "tru",
        "{a:1}",
        "NaN"
      })
  void refuses(String text) {
    assertThrows(JsonException.class, () -> JsonParser.parse(text.getBytes(UTF_8)));
  }

  @Test
  void refusesBrokenUtf8AndDepth() {
    assertThrows(JsonException.class, () -> JsonParser.parse(new byte[] {'"', (byte) 0xff, '"'}));
    byte[] deep = "[".repeat(100_000).getBytes(UTF_8);
    assertThrows(JsonException.class, () -> JsonParser.parse(deep));
  }

  @Test
  void writesCanonically() throws JsonException {
    String text = "{ \"b\" : [1, -2, true, null, {}], \"a\" : \"\\\"\\\\\\n\\u00e9\" }";
    assertEquals(
        "{\"a\":\"\\\"\\\\\n\u00e9\",\"b\":[1,-2,true,null,{}]}",
        new String(CanonicalJson.encode(JsonParser.parse(text.getBytes(UTF_8))), UTF_8));
  }
}
