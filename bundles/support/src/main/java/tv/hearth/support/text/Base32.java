package tv.hearth.support.text;

/** RFC 4648 base32 in lower case without padding. */
public final class Base32 {
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

  private Base32() {}

  /** Eight characters for five bytes; a last partial group is filled with zero bits. */
  public static String encode(byte[] bytes) {
    StringBuilder text = new StringBuilder((bytes.length * 8 + 4) / 5);
    int pending = 0;
    int bits = 0;
    for (byte b : bytes) {
      pending = pending << 8 | b & 0xff;
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        text.append(ALPHABET.charAt(pending >> bits & 31));
      }
    }
    if (bits > 0) {
      text.append(ALPHABET.charAt(pending << 5 - bits & 31));
    }
    return text.toString();
  }
}
