package tv.hearth.crypto.identity;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import tv.hearth.api.identity.IdentityException;
import tv.hearth.api.identity.IdentityException.Problem;
import tv.hearth.crypto.primitive.Hkdf;
import tv.hearth.support.text.KeyIds;

/** The claim code that the vendor installed; read for each use, never kept. Thread-safe. */
public final class Claim {
  /** A code of 128 bits has 22 characters of base64 at the least. */
  private static final int LEAST = 22;

  private static final int MOST = 256;
  private static final int ID = 8;
  private final Optional<Path> file;

  /** Touches nothing yet. */
  public Claim(Optional<Path> file) {
    this.file = file;
  }

  byte[] proof(byte[] message) throws IdentityException {
    return Hkdf.hmac(code(), message);
  }

  String id() throws IdentityException {
    return HexFormat.of().formatHex(Arrays.copyOf(KeyIds.sha256(code()), ID));
  }

  private byte[] code() throws IdentityException {
    Path path = file.orElseThrow(() -> missing("no claim code is configured: set 'claim'", null));
    try (InputStream in = Files.newInputStream(path)) {
      byte[] content = in.readNBytes(MOST + 1);
      String code = new String(content, StandardCharsets.US_ASCII).strip();
      if (content.length > MOST || code.length() < LEAST) {
        throw missing(
            path + " holds no claim code (" + LEAST + "…" + MOST + " characters): install it",
            null);
      }
      return code.getBytes(StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw missing("the claim code " + path + " can't be read: install it (" + e + ")", e);
    }
  }

  private static IdentityException missing(String message, Exception cause) {
    return new IdentityException(Problem.NO_SUCH_KEY, message, cause);
  }
}
