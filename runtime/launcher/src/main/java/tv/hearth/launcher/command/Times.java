package tv.hearth.launcher.command;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Times as every command takes them: a number and s, m, h or d ({@code 60s}), or ISO 8601's form
 * ({@code PT60S}, {@code P90D}, {@code P1Y}). None is negative.
 */
public final class Times {
  private static final String SHORT = "[0-9]{1,6}[smhd]";
  private static final String SHORT_DATE = "[0-9]{1,6}d";

  private Times() {}

  /** Teaches a command line both kinds: lengths of time, and those that a calendar counts. */
  public static CommandLine on(CommandLine line) {
    return line.registerConverter(Duration.class, (ITypeConverter<Duration>) Times::duration)
        .registerConverter(Period.class, (ITypeConverter<Period>) Times::period);
  }

  static Duration duration(String text) {
    String iso = text;
    if (text.matches(SHORT)) {
      iso = (text.endsWith("d") ? "P" : "PT") + text.toUpperCase(Locale.ROOT);
    }
    try {
      Duration time = Duration.parse(iso);
      if (!time.isNegative()) {
        return time;
      }
    } catch (DateTimeException e) {
      throw new TypeConversionException(durations(text));
    }
    throw new TypeConversionException(durations(text));
  }

  static Period period(String text) {
    String iso = text.matches(SHORT_DATE) ? "P" + text.toUpperCase(Locale.ROOT) : text;
    try {
      Period time = Period.parse(iso);
      if (!time.isNegative()) {
        return time;
      }
    } catch (DateTimeException e) {
      throw new TypeConversionException(periods(text));
    }
    throw new TypeConversionException(periods(text));
  }

  private static String durations(String text) {
    return "a time is a number and s, m, h or d, e.g. 60s, not '" + text + "'";
  }

  private static String periods(String text) {
    return "a period is a number of days, e.g. 90d, or P1Y, P6M, not '" + text + "'";
  }
}
