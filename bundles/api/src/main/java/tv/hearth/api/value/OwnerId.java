package tv.hearth.api.value;

import java.util.regex.Pattern;

/**
 * Whoever owns objects, a household or a content authority: the first 20 bytes of SHA-256 over the
 * SubjectPublicKeyInfo of its signing key, in base32 as {@link BoxId} has it.
 */
public record OwnerId(String text) implements Comparable<OwnerId> {
  private static final Pattern FORM = Pattern.compile("[a-z2-7]{32}");

  /** Throws {@link IllegalArgumentException} where {@code text} is not of the form above. */
  public OwnerId {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("not an owner id (32 characters of base32): " + text);
    }
  }

  @Override
  public int compareTo(OwnerId other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
