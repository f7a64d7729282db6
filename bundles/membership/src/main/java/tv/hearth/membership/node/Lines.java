package tv.hearth.membership.node;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A small file of lines: {@code TYPE 1}, the value, and whatever else a newer release says, which
 * is kept. Pure.
 */
final class Lines {
  private static final int VERSION = 1;
  private final String type;
  private final Pattern form;

  /** For values of that form. */
  Lines(String type, String value) {
    this.type = type;
    this.form = Pattern.compile(type + " " + VERSION + "\n(" + value + ")\n(.*)", Pattern.DOTALL);
  }

  /**
   * What was read.
   *
   * @param more the further lines
   */
  record Read(String value, String more) {}

  /** The value; empty where the bytes are not of this type and version. */
  Optional<Read> read(byte[] bytes) {
    Matcher matcher = form.matcher(new String(bytes, StandardCharsets.UTF_8));
    return matcher.matches()
        ? Optional.of(new Read(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }

  /** Whether they are of a version after this one. */
  boolean isNewer(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return !text.startsWith(type + " " + VERSION + "\n")
        && text.matches("(?s)" + type + " [1-9][0-9]{0,8}\n.*");
  }

  byte[] encode(String value, String more) {
    return (type + " " + VERSION + "\n" + value + "\n" + more).getBytes(StandardCharsets.UTF_8);
  }
}
