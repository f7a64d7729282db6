package tv.hearth.crypto.household;

import java.security.SecureRandom;
import java.util.Optional;
import tv.hearth.api.identity.Household;
import tv.hearth.api.identity.IdentityException;
import tv.hearth.api.value.Bytes;
import tv.hearth.crypto.keys.Keys;
import tv.hearth.crypto.primitive.Secret;

/** The household's root in the node's key file. Thread-safe. */
public class NodeHousehold implements Household {
  private final Keys keys;
  private final SecureRandom random;

  /** Over that key file. */
  public NodeHousehold(Keys keys, SecureRandom random) {
    this.keys = keys;
    this.random = random;
  }

  @Override
  public final String newRecoveryPhrase() throws IdentityException {
    Secret entropy = Secret.random(random);
    keys.update(
        material -> {
          Secret root = material.household();
          byte[] wrapped = WrappedRoot.wrap(root, entropy, Argon2Cost.BOX, random);
          return material.withHousehold(root, Bytes.of(wrapped));
        });
    return Phrase.encode(entropy);
  }

  @Override
  public final Optional<byte[]> wrappedRoot() {
    return keys.current().material().wrappedRoot().map(Bytes::toArray);
  }

  @Override
  public final void restore(byte[] wrapped, String phrase) throws IdentityException {
    Secret root = WrappedRoot.unwrap(wrapped, Phrase.decode(phrase));
    keys.update(material -> material.withHousehold(root, Bytes.of(wrapped)));
  }
}
