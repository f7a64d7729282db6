package tv.hearth.headend.registry.operator;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import tv.hearth.support.text.KeyIds;

/**
 * A claim code: it lets one box enrol. Its text is a secret; it is not printed.
 *
 * @param code 32 characters of base32 (160 bits)
 * @param replaces id of the claim whose box this one takes the place of; empty: of none
 */
public record Claim(String code, ClaimKind kind, String replaces) {
  /** In nobody's place. */
  public Claim(String code, ClaimKind kind) {
    this(code, kind, "");
  }

  /** First 8 bytes of SHA-256 over the code's ASCII bytes, hex: names the code openly. */
  public String id() {
    byte[] hash = KeyIds.sha256(secret());
    return HexFormat.of().formatHex(Arrays.copyOf(hash, 8));
  }

  /** The HMAC key: the code's ASCII bytes. */
  public byte[] secret() {
    return code.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public String toString() {
    return "Claim " + id() + " " + kind;
  }
}
