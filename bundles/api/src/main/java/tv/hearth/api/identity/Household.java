package tv.hearth.api.identity;

import java.util.Optional;

/**
 * The household's root secret: from it come its signing, naming and wrapping keys, so that nothing
 * personal depends on a box's key. Thread-safe.
 */
public interface Household {
  /**
   * Makes a new recovery phrase (24 words of the BIP-39 English list, 256 bits) and wraps the root
   * with a key derived from it (Argon2id). The phrase is shown once and not kept.
   */
  String newRecoveryPhrase() throws IdentityException;

  /**
   * The wrapped root, a versioned format, to be kept with the neighbours; empty before the first
   * phrase.
   */
  Optional<byte[]> wrappedRoot();

  /**
   * Puts the root that {@code wrapped} holds in place of this box's own (a replaced box becomes the
   * old household again). Throws BAD_PHRASE where phrase or bytes are wrong, and changes nothing
   * then.
   */
  void restore(byte[] wrapped, String phrase) throws IdentityException;
}
