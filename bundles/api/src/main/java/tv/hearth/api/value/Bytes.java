package tv.hearth.api.value;

import java.util.Arrays;
import java.util.HexFormat;

/** An immutable byte string: compared by content, printed as hex. Thread-safe. */
public final class Bytes {
  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  /** Copies {@code content}. */
  public static Bytes of(byte[] content) {
    return new Bytes(content.clone());
  }

  /** Parses an even number of hex digits; throws {@link IllegalArgumentException} otherwise. */
  public static Bytes ofHex(String hex) {
    return new Bytes(HexFormat.of().parseHex(hex));
  }

  /** A copy of the content. */
  public byte[] toArray() {
    return content.clone();
  }

  /** The length in bytes. */
  public int length() {
    return content.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes && Arrays.equals(content, ((Bytes) other).content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  /** Lower-case hex. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(content);
  }
}
