package tv.hearth.crypto.keys;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
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
import tv.hearth.support.cbor.KeptFields;
import tv.hearth.support.cbor.NewerFormatException;

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
  private static final Set<String> OUTER = Set.of("t", "v", "protection", "salt", "sealed");
  private static final Set<String> BODY =
      Set.of("box", "identity", "exchange", "household", "local", "root", "catalogue");

  private KeyFileFormat() {}

  /**
   * A file's bytes.
   *
   * @param kept what a newer release wrote around the sealed body
   * @throws IdentityException where it would be too large to be read again
   */
  static byte[] encode(
      KeyMaterial keys, KeptFields kept, Optional<byte[]> platformSecret, SecureRandom random)
      throws IdentityException {
    byte[] salt = new byte[SALT];
    random.nextBytes(salt);
    CborMap outer = kept.into(header(platformSecret.isPresent() ? PLATFORM : NONE, salt));
    Secret key = sealingKey(platformSecret, salt);
    byte[] sealed = Aead.seal(key, outer.toBytes(), body(keys).toBytes(), random);
    if (sealed.length > MAX_BODY) {
      throw new IdentityException(
          Problem.KEY_FILE,
          "the key file's body would have " + sealed.length + " bytes, at most " + MAX_BODY);
    }
    return outer.put("sealed", sealed).toBytes();
  }

  /** Throws KEY_FILE, with the path in its message, for whatever is not such a file. */
  static Decoded decode(byte[] content, Optional<byte[]> platformSecret, String path)
      throws IdentityException {
    try {
      CborMap outer = CborMap.parse(content, TYPE, VERSION);
      boolean platform = isPlatform(outer.text("protection", 16));
      if (platform && platformSecret.isEmpty()) {
        throw new IdentityException(
            Problem.KEY_FILE, path + " is wrapped: name the platform's secret (platformSecret)");
      }
      Secret key =
          sealingKey(platform ? platformSecret : Optional.empty(), outer.bytes("salt", SALT, SALT));
      byte[] sealed = outer.bytes("sealed", Aead.OVERHEAD, MAX_BODY);
      byte[] bound = KeptFields.of(outer, Set.of("sealed")).into(new CborMap()).toBytes();
      byte[] body = Aead.open(key, bound, sealed, "the key file");
      return new Decoded(material(CborMap.parse(body)), platform, KeptFields.of(outer, OUTER));
    } catch (NewerFormatException e) {
      throw new IdentityException(
          Problem.KEY_FILE, path + ": " + e.getMessage() + ", so run the release that wrote it", e);
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

  private static boolean isPlatform(String protection) throws NewerFormatException {
    if (!protection.equals(PLATFORM) && !protection.equals(NONE)) {
      throw new NewerFormatException("its protection '" + protection + "' is not known here");
    }
    return protection.equals(PLATFORM);
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
    CborMap body =
        new CborMap()
            .put("box", keys.box().text())
            .put("identity", keys.identity().toArray())
            .put("exchange", keys.exchange().toArray())
            .put("household", keys.household().toArray())
            .put("local", keys.local().toArray())
            .put("root", keys.wrappedRoot().map(Bytes::toArray).orElse(new byte[0]))
            .put("catalogue", keys.catalogue().map(Secret::toArray).orElse(new byte[0]));
    return keys.kept().into(body);
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
        catalogue.length == 0 ? Optional.empty() : Optional.of(Secret.of(catalogue)),
        KeptFields.of(body, BODY));
  }

  private static Secret secret(CborMap body, String key) throws CborException {
    return Secret.of(body.bytes(key, Secret.LENGTH, Secret.LENGTH));
  }

  /**
   * What a file held, and whether a platform secret wrapped it.
   *
   * @param kept what a newer release wrote around the sealed body
   */
  record Decoded(KeyMaterial keys, boolean wrapped, KeptFields kept) {}
}
