package tv.hearth.crypto.keys;

import java.security.SecureRandom;
import java.util.Optional;
import tv.hearth.api.cipher.CipherException;
import tv.hearth.api.identity.IdentityException;
import tv.hearth.api.identity.IdentityException.Problem;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.crypto.primitive.Aead;
import tv.hearth.crypto.primitive.Hkdf;
import tv.hearth.crypto.primitive.Secret;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cbor.CborMap;

/**
 * The bytes of a key file (docs/format-identity.md). The body is always sealed; without a platform
 * secret the sealing key is derived from zeros, so that it hides nothing and yet no flipped bit
 * goes unseen. Pure.
 */
final class KeyFileFormat {
  static final String TYPE = "hearth/keys";
  static final int VERSION = 1;
  private static final String NONE = "none";
  private static final String PLATFORM = "platform";
  private static final int SALT = 32;
  private static final int MAX_BODY = 16_384;

  private KeyFileFormat() {}

  static byte[] encode(KeyMaterial keys, Optional<byte[]> platformSecret, SecureRandom random) {
    byte[] salt = new byte[SALT];
    random.nextBytes(salt);
    CborMap outer = header(platformSecret.isPresent() ? PLATFORM : NONE, salt);
    Secret key = sealingKey(platformSecret, salt);
    byte[] sealed = Aead.seal(key, outer.toBytes(), body(keys).toBytes(), random);
    return outer.put("sealed", sealed).toBytes();
  }

  /** Throws KEY_FILE, with the path in its message, for whatever is not such a file. */
  static Decoded decode(byte[] content, Optional<byte[]> platformSecret, String path)
      throws IdentityException {
    try {
      CborMap outer = CborMap.parse(content);
      checkVersion(outer, path);
      String protection = outer.text("protection", 16);
      boolean platform = protection.equals(PLATFORM);
      if (!platform && !protection.equals(NONE)) {
        throw new CborException("protection '" + protection + "' is unknown");
      }
      if (platform && platformSecret.isEmpty()) {
        throw new IdentityException(
            Problem.KEY_FILE, path + " is wrapped: name the platform's secret (platformSecret)");
      }
      byte[] salt = outer.bytes("salt", SALT, SALT);
      Secret key = sealingKey(platform ? platformSecret : Optional.empty(), salt);
      byte[] sealed = outer.bytes("sealed", Aead.OVERHEAD, MAX_BODY);
      byte[] body = Aead.open(key, header(protection, salt).toBytes(), sealed, "the key file");
      return new Decoded(material(CborMap.parse(body)), platform);
    } catch (CborException | CipherException | IllegalArgumentException e) {
      throw new IdentityException(
          Problem.KEY_FILE,
          path
              + " is damaged, or wrapped with another platform secret: restore it from a copy,"
              + " or wipe the folder to become a new box ("
              + e.getMessage()
              + ")",
          e);
    }
  }

  private static void checkVersion(CborMap outer, String path)
      throws CborException, IdentityException {
    if (!outer.text("t", 64).equals(TYPE)) {
      throw new CborException("the type is not " + TYPE);
    }
    long found = outer.number("v", 0, Long.MAX_VALUE);
    if (found != VERSION) {
      throw new IdentityException(
          Problem.KEY_FILE,
          path
              + " is "
              + TYPE
              + " of version "
              + found
              + ": this software knows version "
              + VERSION
              + ", so run the release that wrote it");
    }
  }

  private static CborMap header(String protection, byte[] salt) {
    return new CborMap()
        .put("t", TYPE)
        .put("v", VERSION)
        .put("protection", protection)
        .put("salt", salt);
  }

  private static Secret sealingKey(Optional<byte[]> platformSecret, byte[] salt) {
    byte[] input = platformSecret.orElse(new byte[Secret.LENGTH]);
    return Secret.of(Hkdf.derive(input, salt, Hkdf.info("hearth/keys/v1"), Secret.LENGTH));
  }

  private static CborMap body(KeyMaterial keys) {
    return new CborMap()
        .put("box", keys.box().text())
        .put("identity", keys.identity().toArray())
        .put("exchange", keys.exchange().toArray())
        .put("household", keys.household().toArray())
        .put("local", keys.local().toArray())
        .put("root", keys.wrappedRoot().map(Bytes::toArray).orElse(new byte[0]))
        .put("catalogue", keys.catalogue().map(Secret::toArray).orElse(new byte[0]));
  }

  private static KeyMaterial material(CborMap body) throws CborException {
    byte[] root = body.bytes("root", 0, 1024);
    byte[] catalogue = body.bytes("catalogue", 0, Secret.LENGTH);
    return new KeyMaterial(
        new BoxId(body.text("box", 32)),
        secret(body, "identity"),
        secret(body, "exchange"),
        secret(body, "household"),
        secret(body, "local"),
        root.length == 0 ? Optional.empty() : Optional.of(Bytes.of(root)),
        catalogue.length == 0 ? Optional.empty() : Optional.of(Secret.of(catalogue)));
  }

  private static Secret secret(CborMap body, String key) throws CborException {
    return Secret.of(body.bytes(key, Secret.LENGTH, Secret.LENGTH));
  }

  /** What a file held, and whether a platform secret wrapped it. */
  record Decoded(KeyMaterial keys, boolean wrapped) {}
}
