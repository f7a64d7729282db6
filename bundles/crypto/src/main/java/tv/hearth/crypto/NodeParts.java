package tv.hearth.crypto;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import tv.hearth.api.identity.IdentityException;
import tv.hearth.api.identity.IdentityException.Problem;
import tv.hearth.crypto.identity.Anchors;
import tv.hearth.crypto.identity.CertificateFile;
import tv.hearth.crypto.identity.Claim;
import tv.hearth.crypto.identity.ContentKey;
import tv.hearth.crypto.identity.NodeIdentity;
import tv.hearth.crypto.keys.KeyFile;
import tv.hearth.crypto.keys.Keys;
import tv.hearth.crypto.primitive.Ed25519Key;
import tv.hearth.crypto.seal.ObjectKeys;

/**
 * What the services of one node share: its keys, read from disk or made at first start.
 *
 * @param content the content authority's key, on ingest nodes
 */
record NodeParts(
    NodeSettings settings,
    Keys keys,
    Optional<Ed25519Key> content,
    Anchors anchors,
    Clock clock,
    SecureRandom random) {
  private static final int LEAST_SECRET = 16;
  private static final int MOST_SECRET = 4096;

  static NodeParts open(NodeSettings settings, Clock clock, SecureRandom random)
      throws IdentityException {
    Anchors anchors = Anchors.load(settings.anchor());
    Optional<Ed25519Key> content = Optional.empty();
    if (settings.contentKey().isPresent()) {
      content = Optional.of(ContentKey.load(settings.contentKey().get()));
    }
    Optional<byte[]> secret = Optional.empty();
    if (settings.platformSecret().isPresent()) {
      secret = Optional.of(platformSecret(settings.platformSecret().get()));
    }
    KeyFile file = new KeyFile(settings.folder(), secret, random);
    boolean known = new CertificateFile(settings.folder()).exists();
    Keys keys = Keys.open(file, known, random);
    return new NodeParts(settings, keys, content, anchors, clock, random);
  }

  NodeIdentity identity() throws IdentityException {
    return new NodeIdentity(keys, content, anchors, certificateFile(), claim(), clock, random);
  }

  CertificateFile certificateFile() {
    return new CertificateFile(settings.folder());
  }

  Claim claim() {
    return new Claim(settings.claim());
  }

  ObjectKeys objectKeys() {
    return new ObjectKeys(keys.current().objectKek(), random);
  }

  private static byte[] platformSecret(Path file) throws IdentityException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] secret = in.readNBytes(MOST_SECRET);
      if (secret.length < LEAST_SECRET) {
        throw new IdentityException(
            Problem.KEY_FILE,
            "platformSecret " + file + " has " + secret.length + " bytes, at least 16 are needed");
      }
      return secret;
    } catch (IOException e) {
      throw new IdentityException(
          Problem.KEY_FILE, "platformSecret " + file + " can't be read (" + e + ")", e);
    }
  }
}
