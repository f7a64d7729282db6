package tv.hearth.api.value;

import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * An object's random 128-bit id as 32 lower-case hex digits. It says nothing of name or content.
 */
public record ObjectId(String text) implements Comparable<ObjectId> {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

  /** Throws {@link IllegalArgumentException} where {@code text} is not of the form above. */
  public ObjectId {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("not an object id (32 hex digits): " + text);
    }
  }

  /** From 16 bytes. */
  public static ObjectId of(byte[] sixteen) {
    return new ObjectId(HexFormat.of().formatHex(sixteen));
  }

  /** The 16 bytes. */
  public byte[] toBytes() {
    return HexFormat.of().parseHex(text);
  }

  @Override
  public int compareTo(ObjectId other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
