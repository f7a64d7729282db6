package tv.hearth.crypto.household;

import java.security.SecureRandom;
import tv.hearth.api.cipher.CipherException;
import tv.hearth.api.identity.IdentityException;
import tv.hearth.api.identity.IdentityException.Problem;
import tv.hearth.crypto.primitive.Aead;
import tv.hearth.crypto.primitive.Secret;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cbor.CborMap;

/** The household root under a phrase (docs/format-identity.md). Pure. */
final class WrappedRoot {
  private static final String TYPE = "hearth/wrapped-root";
  private static final int VERSION = 1;
  private static final String KDF = "argon2id";
  private static final int SALT = 16;
  private static final int MAX = 1024;

  private WrappedRoot() {}

  static byte[] wrap(Secret root, Secret entropy, Argon2Cost cost, SecureRandom random) {
    byte[] salt = new byte[SALT];
    random.nextBytes(salt);
    CborMap map = header(cost, salt);
    Secret key = cost.derive(entropy.toArray(), salt);
    byte[] sealed = Aead.seal(key, map.toBytes(), root.toArray(), random);
    return map.put("sealed", sealed).toBytes();
  }

  static Secret unwrap(byte[] wrapped, Secret entropy) throws IdentityException {
    if (wrapped.length > MAX) {
      throw bad("it has " + wrapped.length + " bytes, at most " + MAX, null);
    }
    try {
      CborMap map = CborMap.parse(wrapped);
      checkVersion(map);
      Argon2Cost cost =
          new Argon2Cost(
              map.integer("memory", 8, Argon2Cost.MOST_MEMORY),
              map.integer("passes", 1, Argon2Cost.MOST_PASSES),
              map.integer("lanes", 1, Argon2Cost.MOST_LANES));
      byte[] salt = map.bytes("salt", SALT, SALT);
      byte[] sealed = map.bytes("sealed", 0, MAX);
      Secret key = cost.derive(entropy.toArray(), salt);
      byte[] bound = header(cost, salt).toBytes();
      return Secret.of(Aead.open(key, bound, sealed, "the wrapped root"));
    } catch (CborException | CipherException | IllegalArgumentException e) {
      throw bad(e.getMessage(), e);
    }
  }

  private static void checkVersion(CborMap map) throws CborException, IdentityException {
    if (!map.text("t", 64).equals(TYPE)) {
      throw new CborException("the type is not " + TYPE);
    }
    long found = map.number("v", 0, Long.MAX_VALUE);
    if (found != VERSION) {
      throw bad(TYPE + " of version " + found + ": this software knows version " + VERSION, null);
    }
    if (!map.text("kdf", 16).equals(KDF)) {
      throw bad("its key derivation is not " + KDF, null);
    }
  }

  private static CborMap header(Argon2Cost cost, byte[] salt) {
    return new CborMap()
        .put("t", TYPE)
        .put("v", VERSION)
        .put("kdf", KDF)
        .put("memory", cost.memory())
        .put("passes", cost.passes())
        .put("lanes", cost.lanes())
        .put("salt", salt);
  }

  private static IdentityException bad(String why, Exception cause) {
    return new IdentityException(
        Problem.BAD_PHRASE,
        "this phrase does not open this wrapped root: check both (" + why + ")",
        cause);
  }
}
