package tv.hearth.crypto.keyring;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import tv.hearth.api.cipher.CipherException;
import tv.hearth.api.cipher.CipherException.Problem;
import tv.hearth.api.cipher.Keyring;
import tv.hearth.api.cipher.ObjectKey;
import tv.hearth.api.cipher.Space;
import tv.hearth.api.identity.IdentityException;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.ObjectId;
import tv.hearth.crypto.keys.KeySet;
import tv.hearth.crypto.keys.Keys;
import tv.hearth.crypto.keys.SpaceKeys;
import tv.hearth.crypto.primitive.Aead;
import tv.hearth.crypto.primitive.Ed25519Key;
import tv.hearth.crypto.primitive.Hkdf;
import tv.hearth.crypto.primitive.Secret;
import tv.hearth.crypto.seal.ObjectKeys;

/** The spaces' keys in the node's key file. Thread-safe. */
public class NodeKeyring implements Keyring {
  private static final int MAX_HEAD = 65_536;
  private static final String HEAD = "hearth/head-content/v1/";
  private static final String WRAPPED = "hearth/wrapped-key/v1/";
  private final Keys keys;
  private final Optional<Ed25519Key> content;
  private final ObjectKeys objectKeys;
  private final SecureRandom random;

  /**
   * Over that key file.
   *
   * @param content the content authority's key, on ingest nodes
   */
  public NodeKeyring(
      Keys keys, Optional<Ed25519Key> content, ObjectKeys objectKeys, SecureRandom random) {
    this.keys = keys;
    this.content = content;
    this.objectKeys = objectKeys;
    this.random = random;
  }

  @Override
  public final boolean canRead(Space space) {
    return space == Space.HOUSEHOLD
        || content.isPresent()
        || keys.current().catalogue().isPresent();
  }

  @Override
  public final Bytes nameId(Space space, String name) throws CipherException {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    return Bytes.of(Hkdf.hmac(of(space).names().toArray(), utf8));
  }

  @Override
  public final byte[] sealHead(Space space, Bytes nameId, byte[] headContent)
      throws CipherException {
    if (headContent.length > MAX_HEAD) {
      throw new IllegalArgumentException(
          "a head's content of " + headContent.length + " bytes, at most " + MAX_HEAD);
    }
    return Aead.seal(of(space).heads(), bound(HEAD, nameId.toArray()), headContent, random);
  }

  @Override
  public final byte[] openHead(Space space, Bytes nameId, byte[] sealed) throws CipherException {
    if (sealed.length > MAX_HEAD + Aead.OVERHEAD) {
      throw new CipherException(Problem.DAMAGED, "a sealed head of " + sealed.length + " bytes");
    }
    byte[] bound = bound(HEAD, nameId.toArray());
    return Aead.open(of(space).heads(), bound, sealed, "the head " + nameId);
  }

  @Override
  public final byte[] wrap(Space space, ObjectId object, ObjectKey key) throws CipherException {
    Secret revealed = objectKeys.reveal(key);
    byte[] bound = bound(WRAPPED, object.toBytes());
    return Aead.seal(of(space).objects(), bound, revealed.toArray(), random);
  }

  @Override
  public final ObjectKey unwrap(Space space, ObjectId object, byte[] wrapped)
      throws CipherException {
    if (wrapped.length > Secret.LENGTH + Aead.OVERHEAD) {
      throw new CipherException(
          Problem.DAMAGED, "the wrapped key of " + object + " has " + wrapped.length + " bytes");
    }
    byte[] bound = bound(WRAPPED, object.toBytes());
    byte[] key = Aead.open(of(space).objects(), bound, wrapped, "the wrapped key of " + object);
    if (key.length != Secret.LENGTH) {
      throw new CipherException(
          Problem.DAMAGED, "the key of " + object + " has " + key.length + " bytes, not 32");
    }
    return objectKeys.conceal(Secret.of(key));
  }

  @Override
  public final byte[] grantCatalogue(BoxId recipient, Bytes recipientExchangeKey)
      throws CipherException {
    if (content.isEmpty()) {
      throw new CipherException(
          Problem.NO_KEY, "only a node with the content authority's key grants the catalogue");
    }
    Secret root = withCatalogue().material().catalogue().orElseThrow();
    return CatalogueGrant.make(recipient, recipientExchangeKey, root, random);
  }

  @Override
  public final void acceptCatalogue(byte[] grant) throws CipherException {
    KeySet current = keys.current();
    BoxId box = current.material().box();
    store(CatalogueGrant.open(grant, box, current.material().exchange()));
  }

  private SpaceKeys of(Space space) throws CipherException {
    return space == Space.HOUSEHOLD
        ? keys.current().household()
        : withCatalogue().catalogue().orElseThrow();
  }

  /**
   * The keys with the catalogue's. A node with the content key that has none yet derives its root
   * from that key, so that several ingest nodes, and one that replaces a lost one, come to the same
   * root; it is then kept, and so outlives a change of the content key.
   */
  private KeySet withCatalogue() throws CipherException {
    KeySet current = keys.current();
    if (current.catalogue().isPresent()) {
      return current;
    }
    Ed25519Key authority =
        content.orElseThrow(
            () ->
                new CipherException(
                    Problem.NO_KEY,
                    "the catalogue's key was not granted to this box: the operator grants it"));
    Secret root = authority.derive("hearth/catalogue/v1/root");
    try {
      return keys.update(
          material -> material.catalogue().isPresent() ? material : material.withCatalogue(root));
    } catch (IdentityException e) {
      throw unstored(e);
    }
  }

  private void store(Secret root) throws CipherException {
    try {
      keys.update(material -> material.withCatalogue(root));
    } catch (IdentityException e) {
      throw unstored(e);
    }
  }

  private static CipherException unstored(IdentityException cause) {
    return new CipherException(
        Problem.NO_KEY, "the catalogue's key could not be kept: " + cause.getMessage(), cause);
  }

  private static byte[] bound(String purpose, byte[] name) {
    ByteArrayOutputStream bound = new ByteArrayOutputStream();
    bound.writeBytes(Hkdf.info(purpose));
    bound.writeBytes(name);
    return bound.toByteArray();
  }
}
