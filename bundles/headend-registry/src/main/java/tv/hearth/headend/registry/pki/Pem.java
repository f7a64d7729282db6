package tv.hearth.headend.registry.pki;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PEM text (RFC 7468). */
public final class Pem {
  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private Pem() {}

  /** One block under {@code label}, with a final newline. */
  public static String encode(String label, byte[] der) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + LINES.encodeToString(der)
        + "\n-----END "
        + label
        + "-----\n";
  }

  /**
   * The contents of all blocks under {@code label}, in order; other text is skipped.
   *
   * @throws IllegalArgumentException where a block is not base64
   */
  public static List<byte[]> decode(String label, String text) {
    Pattern block =
        Pattern.compile("-----BEGIN " + label + "-----([^-]*)-----END " + label + "-----");
    Matcher matcher = block.matcher(text);
    List<byte[]> found = new ArrayList<>();
    while (matcher.find()) {
      found.add(Base64.getMimeDecoder().decode(matcher.group(1)));
    }
    return found;
  }
}
