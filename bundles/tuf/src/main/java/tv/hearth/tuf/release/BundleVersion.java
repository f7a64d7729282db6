package tv.hearth.tuf.release;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A bundle's version in OSGi's order: numbers by size, then the qualifier by its characters. Pure.
 */
record BundleVersion(int major, int minor, int micro, String qualifier)
    implements Comparable<BundleVersion> {
  private static final Pattern FORM =
      Pattern.compile(
          "([0-9]{1,9})(?:\\.([0-9]{1,9})(?:\\.([0-9]{1,9})(?:\\.([A-Za-z0-9_-]{1,100}))?)?)?");
  private static final Comparator<BundleVersion> ORDER =
      Comparator.comparingInt(BundleVersion::major)
          .thenComparingInt(BundleVersion::minor)
          .thenComparingInt(BundleVersion::micro)
          .thenComparing(BundleVersion::qualifier);

  /** Reads it; {@link IllegalArgumentException} where it is none. */
  static BundleVersion parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("no version of a bundle: " + text);
    }
    String qualifier = parts.group(4);
    return new BundleVersion(
        number(parts.group(1)),
        number(parts.group(2)),
        number(parts.group(3)),
        qualifier == null ? "" : qualifier);
  }

  private static int number(String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  @Override
  public int compareTo(BundleVersion other) {
    return ORDER.compare(this, other);
  }
}
