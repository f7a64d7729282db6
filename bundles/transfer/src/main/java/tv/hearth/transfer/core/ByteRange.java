package tv.hearth.transfer.core;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tv.hearth.api.transfer.TransferException.Problem;

/**
 * A range of bytes of a piece, both ends included; empty where {@code last} is {@code first} − 1.
 *
 * @param total bytes of the piece
 */
public record ByteRange(long first, long last, long total) {
  private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{1,18})?-([0-9]{1,18})?");
  private static final Pattern CONTENT =
      Pattern.compile("bytes (?:([0-9]{1,18})-([0-9]{1,18})|\\*)/([0-9]{1,18})");

  /** Bytes in it. */
  public long length() {
    return last - first + 1;
  }

  /** True where it is the whole. */
  public boolean isWhole() {
    return first == 0 && length() == total;
  }

  /** As a Content-Range header has it. */
  public String header() {
    return "bytes " + (length() == 0 ? "*" : first + "-" + last) + "/" + total;
  }

  /**
   * The range that a Range header asks for (RFC 9110 §14.2), cut to what there is.
   *
   * @param header null for the whole
   * @throws Refusal with status 416: PROTOCOL for several ranges or other units, NOT_FOUND for a
   *     start beyond the end
   */
  public static ByteRange asked(String header, long total) throws Refusal {
    if (header == null) {
      return new ByteRange(0, total - 1, total);
    }
    Matcher range = RANGE.matcher(header);
    if (!range.matches() || range.group(1) == null && range.group(2) == null) {
      throw unsatisfiable(
          Problem.PROTOCOL, "one range of bytes can be asked for: bytes=FIRST-LAST");
    }
    long first;
    long last;
    if (range.group(1) == null) {
      first = Math.max(0, total - Long.parseLong(range.group(2)));
      last = total - 1;
    } else {
      first = Long.parseLong(range.group(1));
      long end = range.group(2) == null ? total - 1 : Long.parseLong(range.group(2));
      last = Math.min(end, total - 1);
    }
    if (first > last) {
      throw unsatisfiable(
          Problem.NOT_FOUND, "the range lies outside the piece of " + total + " bytes");
    }
    return new ByteRange(first, last, total);
  }

  /**
   * What a Content-Range header says; {@code bytes *}{@code /TOTAL} is an empty range at 0, which
   * asks how much is there.
   *
   * @throws Refusal PROTOCOL where it is missing, of another form, or contradicts itself
   */
  public static ByteRange said(String header) throws Refusal {
    Matcher range = header == null ? null : CONTENT.matcher(header);
    if (range == null || !range.matches()) {
      throw new Refusal(Problem.PROTOCOL, "Content-Range must be: bytes FIRST-LAST/TOTAL");
    }
    long total = Long.parseLong(range.group(3));
    if (range.group(1) == null) {
      return new ByteRange(0, -1, total);
    }
    long first = Long.parseLong(range.group(1));
    long last = Long.parseLong(range.group(2));
    if (first > last || last >= total) {
      throw new Refusal(Problem.PROTOCOL, "Content-Range contradicts itself or overruns the piece");
    }
    return new ByteRange(first, last, total);
  }

  private static Refusal unsatisfiable(Problem problem, String message) {
    return new Refusal(problem, 416, message);
  }
}
