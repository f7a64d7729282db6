package tv.hearth.gateway.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Dates as HTTP writes them (RFC 9110 §5.6.7): one form to send, three to understand. */
public final class HttpDate {
  private static final DateTimeFormatter FIXED =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);

  private HttpDate() {}

  /** To the second, e.g. {@code Sun, 06 Nov 1994 08:49:37 GMT}. */
  public static String format(Instant time) {
    return FIXED.format(time.atOffset(ZoneOffset.UTC));
  }

  /**
   * What a field says; empty where it is no date.
   *
   * @param now decides the century of a year of two digits: not more than 50 years ahead
   */
  static Optional<Instant> parse(String text, Instant now) {
    for (DateTimeFormatter form : List.of(FIXED, twoDigits(now), ascii())) {
      try {
        return Optional.of(LocalDateTime.parse(text, form).toInstant(ZoneOffset.UTC));
      } catch (DateTimeException e) {
        continue;
      }
    }
    return Optional.empty();
  }

  private static DateTimeFormatter twoDigits(Instant now) {
    int base = now.atOffset(ZoneOffset.UTC).getYear() - 49;
    return new DateTimeFormatterBuilder()
        .appendPattern("EEEE, dd-MMM-")
        .appendValueReduced(ChronoField.YEAR, 2, 2, base)
        .appendPattern(" HH:mm:ss 'GMT'")
        .toFormatter(Locale.US);
  }

  private static DateTimeFormatter ascii() {
    return new DateTimeFormatterBuilder()
        .appendPattern("EEE MMM ppd HH:mm:ss yyyy")
        .toFormatter(Locale.US);
  }
}
