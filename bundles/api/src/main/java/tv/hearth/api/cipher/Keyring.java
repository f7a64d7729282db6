package tv.hearth.api.cipher;

import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.ObjectId;

/**
 * The keys of the spaces this box may read: naming, sealing of heads, wrapping of object keys.
 * Thread-safe. No method hands out a key.
 */
public interface Keyring {
  /** True where this box can read (and name) in that space. */
  boolean canRead(Space space);

  /** HMAC-SHA-256 of the UTF-8 name under the space's naming key: what neighbours see of a name. */
  Bytes nameId(Space space, String name) throws CipherException;

  /**
   * Seals a head's content (AEAD, random nonce, versioned), bound to its name id. At most 64 KiB.
   */
  byte[] sealHead(Space space, Bytes nameId, byte[] content) throws CipherException;

  /** The inverse of {@link #sealHead}. */
  byte[] openHead(Space space, Bytes nameId, byte[] sealed) throws CipherException;

  /** Wraps an object's key for everybody who can read the space; bound to the object. */
  byte[] wrap(Space space, ObjectId object, ObjectKey key) throws CipherException;

  /** The inverse of {@link #wrap}. */
  ObjectKey unwrap(Space space, ObjectId object, byte[] wrapped) throws CipherException;

  /**
   * Wraps the catalogue's key for one entitled box (HPKE, RFC 9180: X25519, HKDF-SHA256,
   * AES-256-GCM, base mode, the box id in its info). Only where this node holds the content
   * authority's key.
   */
  byte[] grantCatalogue(BoxId recipient, Bytes recipientExchangeKey) throws CipherException;

  /** Takes such a grant made for this box; durable. From then on {@code canRead(CATALOGUE)}. */
  void acceptCatalogue(byte[] grant) throws CipherException;
}
