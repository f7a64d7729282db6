package tv.hearth.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Period;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

class TimesTest {
  @Command(name = "wait")
  static final class Wait {
    @Option(names = "--for")
    private Duration time;

    @Option(names = "--until")
    private Period date;
  }

  private static Wait parse(String... args) {
    Wait wait = new Wait();
    Times.on(new CommandLine(wait)).parseArgs(args);
    return wait;
  }

  @ParameterizedTest
  @CsvSource({"60s,PT1M", "30m,PT30M", "12h,PT12H", "7d,P7D", "PT60S,PT1M", "P30D,P30D", "0s,PT0S"})
  void aTimeIsTakenInEitherForm(String text, String iso) {
    assertEquals(Duration.parse(iso), parse("--for", text).time);
  }

  @ParameterizedTest
  @CsvSource({"90d,P90D", "P90D,P90D", "P1Y,P1Y", "P6M,P6M"})
  void soIsAPeriod(String text, String iso) {
    assertEquals(Period.parse(iso), parse("--until", text).date);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "60", "s", "-60s", "PT-60S", "9999999s", "1y", "soon"})
  void whatIsNoTimeIsSaidInWords(String text) {
    for (String option : new String[] {"--for=", "--until="}) {
      ParameterException thrown =
          assertThrows(ParameterException.class, () -> parse(option + text));
      String said = thrown.getMessage();
      assertTrue(said.contains("not '" + text + "'"), said);
      assertFalse(said.contains("java."), said);
    }
  }

  @Test
  void aPeriodHasNoHours() {
    assertThrows(ParameterException.class, () -> parse("--until", "60s"));
  }
}
