package tv.hearth.tuf.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
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
