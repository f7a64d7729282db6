package tv.hearth.gateway.http;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-encoding (RFC 3986 §2.1) of UTF-8, strictly. */
final class Percent {
  private Percent() {}

  /** Throws {@link IllegalArgumentException} for a stray % and for what is not UTF-8. */
  static String decode(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        bytes.write(hex(text, i + 1) << 4 | hex(text, i + 2));
        i += 2;
      } else if (c > 0x20 && c < 0x7f) {
        bytes.write(c);
      } else {
        throw new IllegalArgumentException("percent-encode what is not plain ASCII in a path");
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a percent-encoded path is not UTF-8", e);
    }
  }

  /** Everything but unreserved characters is encoded. */
  static String encode(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static int hex(String text, int at) {
    int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
    if (digit < 0) {
      throw new IllegalArgumentException("a % in a path is followed by two hexadecimal digits");
    }
    return digit;
  }
}
