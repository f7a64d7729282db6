package tv.hearth.support.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldsTest {
  private final Folds folds = new Folds();

  private boolean isIn(String text) {
    byte[] bytes = text.replace("|", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    return folds.isIn(0, bytes.length, i -> bytes[i]);
  }

  @ParameterizedTest
  @CsvSource({
    "'GET / HTTP/1.1|Host: a||', false",
    "'GET / HTTP/1.1|Host: a| b||', true",
    "'GET / HTTP/1.1|Host: a|\tb||', true",
    "' GET / HTTP/1.1|Host: a||', true",
    "'||GET / HTTP/1.1| Host: a||', true",
    "'GET / HTTP/1.1|Host: a|| a body', false",
    "'GET / HTTP/1.1|Host: a', false",
    "'', false"
  })
  void onlyALineOfTheHeadThatBeginsWithWhiteSpaceIsOne(String text, boolean folded) {
    assertEquals(folded, isIn(text));
  }

  /** The decoder took the request line; what it left begins with the next. */
  @Test
  void whatIsLeftOfAHeadIsJudgedAsItsRest() {
    folds.begun();
    assertTrue(isIn("Host: a| b|"));
    assertFalse(isIn("| a body"), "the empty line is the head's end");
    folds.headEnded();
    assertFalse(isIn(" a body"));
    folds.requestEnded();
    assertTrue(isIn(" GET / HTTP/1.1|"));
  }
}
