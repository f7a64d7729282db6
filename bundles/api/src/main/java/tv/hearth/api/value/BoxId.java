package tv.hearth.api.value;

import java.util.regex.Pattern;

/**
 * A box's name for life: the first 20 bytes of SHA-256 over the SubjectPublicKeyInfo of its
 * <em>first</em> identity key, in RFC 4648 base32, lower case, without padding (32 characters).
 * Keys rotate, the id stays.
 */
public record BoxId(String text) implements Comparable<BoxId> {
  private static final Pattern FORM = Pattern.compile("[a-z2-7]{32}");

  /** Throws {@link IllegalArgumentException} where {@code text} is not of the form above. */
  public BoxId {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("not a box id (32 characters of base32): " + text);
    }
  }

  @Override
  public int compareTo(BoxId other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
