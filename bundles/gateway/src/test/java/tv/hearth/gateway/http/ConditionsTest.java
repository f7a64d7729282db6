package tv.hearth.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tv.hearth.gateway.Infos;

class ConditionsTest {
  private static final String TAG = "\"abc\"";
  private static final Instant NOW = Infos.STORED.plus(Duration.ofDays(3));
  private static final String STORED = "Sun, 01 Mar 2026 10:20:30 GMT";
  private static final String BEFORE = "Sun, 01 Mar 2026 10:20:29 GMT";
  private static final String LATER = "Sun, 01 Mar 2026 10:20:31 GMT";

  /** Fields as lines {@code Name: value}. */
  static Request get(String... lines) {
    Fields fields =
        name ->
            Arrays.stream(lines)
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .toList();
    return new Request("GET", "/", 1, fields, true);
  }

  private static int status(String... lines) {
    return new Conditions(get(lines), TAG, Infos.STORED, NOW).status();
  }

  private static boolean range(String ifRange) {
    Request request = get("Range: bytes=0-1", "If-Range: " + ifRange);
    return new Conditions(request, TAG, Infos.STORED, NOW).rangeApplies();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "If-None-Match: \"abc\"|304",
        "If-None-Match: W/\"abc\"|304",
        "If-None-Match: \"x\", W/\"abc\"|304",
        "If-None-Match: \"a,b\",\"abc\"|304",
        "If-None-Match: *|304",
        "If-None-Match: \"abcd\"|0",
        "If-None-Match: \"xabc\"|0",
        "If-None-Match: abc|0",
        "If-None-Match: \"x\" \"abc\"|0",
        "If-Match: \"abc\"|0",
        "If-Match: *|0",
        "If-Match: \"x\", \"abc\"|0",
        "If-Match: W/\"abc\"|412",
        "If-Match: \"x\"|412",
        "If-Match: nonsense|412"
      })
  void tags(String line, int status) {
    assertEquals(status, status(line));
  }

  @Test
  void dates() {
    assertEquals(304, status("If-Modified-Since: " + STORED));
    assertEquals(304, status("If-Modified-Since: " + LATER));
    assertEquals(0, status("If-Modified-Since: " + BEFORE));
    assertEquals(304, status("If-Modified-Since: Sunday, 01-Mar-26 10:20:30 GMT"));
    assertEquals(304, status("If-Modified-Since: Sun Mar  1 10:20:30 2026"));
    assertEquals(0, status("If-Modified-Since: yesterday"));
    assertEquals(412, status("If-Unmodified-Since: " + BEFORE));
    assertEquals(0, status("If-Unmodified-Since: " + STORED));
  }

  @Test
  void aTagGoesBeforeADate() {
    assertEquals(0, status("If-None-Match: \"x\"", "If-Modified-Since: " + LATER));
    assertEquals(0, status("If-Match: \"abc\"", "If-Unmodified-Since: " + BEFORE));
    assertEquals(412, status("If-Match: \"x\"", "If-None-Match: \"abc\""));
    assertEquals(304, status("If-None-Match: \"x\"", "If-None-Match: \"abc\""));
  }

  @Test
  void ifRangeWantsTheSameVersionForSure() {
    assertTrue(range(TAG));
    assertFalse(range("W/" + TAG));
    assertFalse(range("\"x\""));
    assertFalse(range(TAG + ", \"x\""));
    assertTrue(range(STORED));
    assertFalse(range(LATER));
    assertFalse(range("nonsense"));
  }

  @Test
  void aDateOfThisMinuteNamesNoVersion() {
    Request request = get("Range: bytes=0-1", "If-Range: " + STORED);
    Instant soon = Infos.STORED.plusSeconds(30);
    assertFalse(new Conditions(request, TAG, Infos.STORED, soon).rangeApplies());
  }

  @Test
  void whatHasNoVersionMeetsNoTag() {
    assertEquals(412, new Conditions(get("If-Match: \"\""), "", null, NOW).status());
    assertEquals(0, new Conditions(get("If-None-Match: \"\""), "", null, NOW).status());
    assertEquals(304, new Conditions(get("If-None-Match: *"), "", null, NOW).status());
    assertEquals(0, new Conditions(get("If-Modified-Since: " + LATER), "", null, NOW).status());
  }

  @Test
  void rangeIsForGetAlone() {
    Fields fields = name -> name.equals("Range") ? List.of("bytes=0-1") : List.of();
    Request head = new Request("HEAD", "/", 1, fields, true);
    assertFalse(new Conditions(head, TAG, Infos.STORED, NOW).rangeApplies());
  }
}
