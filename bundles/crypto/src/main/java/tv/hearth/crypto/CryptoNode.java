package tv.hearth.crypto;

import java.security.SecureRandom;
import java.time.Clock;
import tv.hearth.api.cipher.Keyring;
import tv.hearth.api.cipher.ObjectCipher;
import tv.hearth.api.identity.Household;
import tv.hearth.api.identity.Identity;
import tv.hearth.api.identity.IdentityException;
import tv.hearth.api.signature.SignatureVerifier;
import tv.hearth.crypto.household.NodeHousehold;
import tv.hearth.crypto.identity.NodeIdentity;
import tv.hearth.crypto.keyring.NodeKeyring;
import tv.hearth.crypto.seal.ObjectKeys;
import tv.hearth.crypto.seal.StreamCipher;
import tv.hearth.crypto.signature.Ed25519Verifier;

/**
 * All services of one node without OSGi, for tests and tools: the same classes, made by hand.
 * Thread-safe.
 */
public final class CryptoNode implements AutoCloseable {
  private final NodeIdentity identity;
  private final NodeHousehold household;
  private final NodeKeyring keyring;
  private final StreamCipher cipher;
  private final Ed25519Verifier verifier = new Ed25519Verifier();

  private CryptoNode(NodeParts parts) throws IdentityException {
    ObjectKeys objectKeys = parts.objectKeys();
    identity = parts.identity();
    household = new NodeHousehold(parts.keys(), parts.random());
    keyring = new NodeKeyring(parts.keys(), parts.content(), objectKeys, parts.random());
    cipher = new StreamCipher(objectKeys, parts.random());
  }

  /** Opens a node's folder; makes its keys at the first time. */
  public static CryptoNode open(NodeSettings settings, Clock clock, SecureRandom random)
      throws IdentityException {
    return new CryptoNode(NodeParts.open(settings, clock, random));
  }

  /** The identity. */
  public Identity identity() {
    return identity;
  }

  /** The household's root. */
  public Household household() {
    return household;
  }

  /** The spaces' keys. */
  public Keyring keyring() {
    return keyring;
  }

  /** The cipher. */
  public ObjectCipher cipher() {
    return cipher;
  }

  /** The verifier. */
  public SignatureVerifier verifier() {
    return verifier;
  }

  /** Forgets derived keys. */
  @Override
  public void close() {
    cipher.close();
  }
}
