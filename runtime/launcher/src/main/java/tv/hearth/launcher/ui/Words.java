package tv.hearth.launcher.ui;

import java.util.Locale;

/** Figures as a person reads them. */
public final class Words {
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

  private Words() {}

  /** {@code String.format} with the same digits and points in every country. */
  public static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }

  /** Decimal units, three significant digits: {@code 3.46 MB}. */
  public static String bytes(double bytes) {
    int unit = 0;
    double value = bytes;
    while (value >= 999.5 && unit < UNITS.length - 1) {
      value /= 1000;
      unit++;
    }
    String digits =
        unit == 0 || value >= 99.95 ? "%.0f %s" : value >= 9.995 ? "%.1f %s" : "%.2f %s";
    return format(digits, value, UNITS[unit]);
  }

  /** {@code 1 box}, {@code 2 boxes}. */
  public static String count(long number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }

  /** Seconds with one digit after the point. */
  public static String seconds(long nanos) {
    return format("%.1f s", nanos / 1e9);
  }

  /** Bytes a second. */
  public static String rate(long bytes, long nanos) {
    return bytes(bytes / Math.max(1e-9, nanos / 1e9)) + "/s";
  }
}
