package tv.hearth.gateway.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Range field (RFC 9110 §14.1, §14.2). What it may ignore it ignores: other units, a malformed
 * field, several lines of it, more than one range that can be satisfied (an answer in several parts
 * helps no player).
 */
final class RangeField {
  private static final int MOST = 16;
  private static final int LONGEST = 1024;
  private static final int DIGITS = 18;
  private static final Pattern UNIT = Pattern.compile("(?i)bytes=(.*)");
  private static final Pattern SPEC = Pattern.compile("(\\d*)-(\\d*)");

  private RangeField() {}

  /** What to send: all of it, a part, or nothing as no range can be satisfied. */
  record Selection(Kind kind, ByteRange range) {
    enum Kind {
      WHOLE,
      PART,
      UNSATISFIABLE
    }
  }

  static Selection select(List<String> fields, long total) {
    Selection whole = new Selection(Selection.Kind.WHOLE, ByteRange.all(total));
    Optional<List<String>> specs = specs(fields);
    if (specs.isEmpty()) {
      return whole;
    }
    List<ByteRange> found = new ArrayList<>();
    for (String spec : specs.get()) {
      Matcher form = SPEC.matcher(spec);
      if (!form.matches() || !valid(form.group(1), form.group(2))) {
        return whole;
      }
      range(form.group(1), form.group(2), total).ifPresent(found::add);
    }
    if (found.isEmpty()) {
      return new Selection(Selection.Kind.UNSATISFIABLE, null);
    }
    boolean part = found.size() == 1 && found.get(0).length() > 0;
    return part ? new Selection(Selection.Kind.PART, found.get(0)) : whole;
  }

  /** The ranges asked for; empty where the field is to be ignored. */
  private static Optional<List<String>> specs(List<String> fields) {
    if (fields.size() != 1 || fields.get(0).length() > LONGEST) {
      return Optional.empty();
    }
    Matcher form = UNIT.matcher(fields.get(0).strip());
    if (!form.matches()) {
      return Optional.empty();
    }
    List<String> specs = new ArrayList<>();
    for (String spec : form.group(1).split(",", MOST + 1)) {
      if (!spec.isBlank()) {
        specs.add(spec.strip());
      }
    }
    return specs.isEmpty() || specs.size() > MOST ? Optional.empty() : Optional.of(specs);
  }

  private static boolean valid(String first, String last) {
    if (first.isEmpty()) {
      return !last.isEmpty();
    }
    return last.isEmpty() || number(first) <= number(last);
  }

  /** Empty where it can't be satisfied; of length 0 for a suffix of an empty representation. */
  private static Optional<ByteRange> range(String first, String last, long total) {
    if (first.isEmpty()) {
      long suffix = Math.min(number(last), total);
      return number(last) == 0
          ? Optional.empty()
          : Optional.of(new ByteRange(total - suffix, suffix));
    }
    long from = number(first);
    if (from >= total) {
      return Optional.empty();
    }
    long to = last.isEmpty() ? total - 1 : Math.min(number(last), total - 1);
    return Optional.of(new ByteRange(from, to - from + 1));
  }

  /** Numbers beyond all lengths are all alike. */
  private static long number(String digits) {
    String plain = digits.replaceFirst("^0+(?=\\d)", "");
    return plain.length() > DIGITS ? Long.MAX_VALUE : Long.parseLong(plain);
  }
}
