package tv.hearth.crypto.identity;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import tv.hearth.api.identity.IdentityException;
import tv.hearth.api.identity.IdentityException.Problem;
import tv.hearth.crypto.primitive.Ed25519Key;
import tv.hearth.crypto.primitive.Secret;

/** Reads the content authority's key, PEM "PRIVATE KEY" (PKCS#8, RFC 8410). */
public final class ContentKey {
  private static final int MAX = 16_384;

  private ContentKey() {}

  /** The key in that file. */
  public static Ed25519Key load(Path file) throws IdentityException {
    try (var in = Files.newInputStream(file)) {
      String text = new String(in.readNBytes(MAX), StandardCharsets.US_ASCII);
      return parse(new StringReader(text), file);
    } catch (IOException | RuntimeException e) {
      throw bad(file, e);
    }
  }

  private static Ed25519Key parse(Reader text, Path file) throws IOException, IdentityException {
    PemObject pem = new PemReader(text).readPemObject();
    if (pem == null || !pem.getType().equals("PRIVATE KEY")) {
      throw bad(file, null);
    }
    AsymmetricKeyParameter key = PrivateKeyFactory.createKey(pem.getContent());
    if (!(key instanceof Ed25519PrivateKeyParameters)) {
      throw bad(file, null);
    }
    return new Ed25519Key(Secret.of(((Ed25519PrivateKeyParameters) key).getEncoded()));
  }

  private static IdentityException bad(Path file, Exception cause) {
    return new IdentityException(
        Problem.KEY_FILE,
        "contentKey names "
            + file
            + ", which is no readable Ed25519 key in PEM (PKCS#8): install it, or leave contentKey"
            + " empty where this node takes no films in",
        cause);
  }
}
