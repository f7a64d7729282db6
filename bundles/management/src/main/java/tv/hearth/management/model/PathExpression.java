package tv.hearth.management.model;

import java.util.ArrayList;
import java.util.List;
import tv.hearth.api.datamodel.ModelException;

/**
 * A requested path, taken apart: names, instance numbers, {@code *}, search expressions. Immutable.
 *
 * @param text as it was asked for
 * @param segments each a name, a number, {@code *}, {@code {i}}, or an expression in brackets
 * @param object whether it ends with a dot
 */
public record PathExpression(String text, List<String> segments, boolean object) {
  /** 7008: the path's syntax. */
  public static final int INVALID_SYNTAX = 7008;

  /** 7026: no such path in what is supported here. */
  public static final int INVALID_PATH = 7026;

  private static final int LONGEST = 2_048;

  /** Copies the list. */
  public PathExpression {
    segments = List.copyOf(segments);
  }

  /** Parses a path; 7008 where it can't be one. */
  public static PathExpression parse(String text) throws ModelException {
    if (text.length() > LONGEST || !text.startsWith("Device.")) {
      throw bad(text);
    }
    List<String> segments = new ArrayList<>();
    StringBuilder segment = new StringBuilder();
    int brackets = 0;
    boolean quoted = false;
    for (char c : text.toCharArray()) {
      if (c == '"' && brackets > 0) {
        quoted = !quoted;
      }
      if (!quoted) {
        brackets += c == '[' ? 1 : c == ']' ? -1 : 0;
      }
      if (c == '.' && brackets == 0) {
        segments.add(checked(segment.toString(), text));
        segment.setLength(0);
      } else {
        segment.append(c);
      }
    }
    boolean object = segment.isEmpty();
    if (brackets != 0 || quoted) {
      throw bad(text);
    }
    if (!object) {
      segments.add(checked(segment.toString(), text));
    }
    return new PathExpression(text, segments, object);
  }

  private static String checked(String segment, String text) throws ModelException {
    boolean good =
        segment.matches("[A-Za-z_][A-Za-z0-9_-]*(\\(\\)|!)?")
            || segment.matches("[1-9][0-9]{0,8}")
            || segment.equals("*")
            || segment.equals("{i}")
            || segment.startsWith("[") && segment.endsWith("]");
    if (!good) {
      throw bad(text);
    }
    if (segment.startsWith("[")) {
      SearchExpression.parse(segment.substring(1, segment.length() - 1));
    }
    return segment;
  }

  /** The same without its last segment, which is a parameter's, command's or event's name. */
  public PathExpression parent() {
    String last = last();
    String shorter = text.substring(0, text.length() - last.length());
    return new PathExpression(shorter, segments.subList(0, segments.size() - 1), true);
  }

  /** The last segment. */
  public String last() {
    return segments.get(segments.size() - 1);
  }

  /** Whether a segment is for an instance: a number, {@code *} or an expression. */
  static boolean instance(String segment) {
    char first = segment.charAt(0);
    return first == '*' || first == '[' || first >= '1' && first <= '9';
  }

  private static ModelException bad(String text) {
    String shown = text.length() > 80 ? text.substring(0, 80) + "…" : text;
    return new ModelException(INVALID_SYNTAX, "'" + shown + "' is no path beneath Device.");
  }
}
