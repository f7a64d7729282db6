package tv.hearth.tests.benchmarks.process;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Sizes as people write them: {@code 256MB}, {@code 10 GB}; powers of ten. */
final class Sizes implements ITypeConverter<Long> {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,9}) ?(kB|MB|GB)");

  @Override
  public Long convert(String text) {
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches()) {
      throw new TypeConversionException("a size is like 256MB or 10GB, not " + text);
    }
    long unit = matcher.group(2).equals("kB") ? 1_000 : 1_000_000;
    return Long.parseLong(matcher.group(1)) * (matcher.group(2).equals("GB") ? 1000 * unit : unit);
  }

  static String text(double bytes) {
    return String.format(Locale.ROOT, "%.0f MB", bytes / 1e6);
  }
}
