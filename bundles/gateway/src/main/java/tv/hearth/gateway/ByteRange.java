package tv.hearth.gateway;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of bytes of a representation.
 *
 * @param first counted from 0
 * @param length may be 0 only for an empty representation
 */
record ByteRange(long first, long length) {
  private static final Pattern SINGLE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /** All of {@code total} bytes. */
  static ByteRange all(long total) {
    return new ByteRange(0, total);
  }

  /**
   * What a Range header asks for (RFC 9110 §14.2). A header that is malformed, or asks for several
   * ranges, may be ignored: all bytes then. Empty: not satisfiable.
   */
  static Optional<ByteRange> parse(String header, long total) {
    Matcher form = SINGLE.matcher(header.replace(" ", ""));
    if (!form.matches() || form.group(1).isEmpty() && form.group(2).isEmpty()) {
      return Optional.of(all(total));
    }
    if (form.group(1).isEmpty()) {
      long suffix = Math.min(total, Long.parseLong(form.group(2)));
      return suffix == 0 ? Optional.empty() : Optional.of(new ByteRange(total - suffix, suffix));
    }
    long first = Long.parseLong(form.group(1));
    long last = form.group(2).isEmpty() ? total - 1 : Long.parseLong(form.group(2));
    if (last < first && !form.group(2).isEmpty()) {
      return Optional.of(all(total));
    }
    if (first >= total) {
      return Optional.empty();
    }
    return Optional.of(new ByteRange(first, Math.min(last, total - 1) - first + 1));
  }

  /** The Content-Range header's value. */
  String contentRange(long total) {
    return "bytes " + first + "-" + (first + length - 1) + "/" + total;
  }

  /** True where it is less than all. */
  boolean isPart(long total) {
    return length != total;
  }
}
