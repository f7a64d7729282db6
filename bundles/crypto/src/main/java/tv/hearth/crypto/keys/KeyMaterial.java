package tv.hearth.crypto.keys;

import java.security.SecureRandom;
import java.util.Optional;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.crypto.primitive.Ed25519Key;
import tv.hearth.crypto.primitive.Secret;
import tv.hearth.support.cbor.KeptFields;
import tv.hearth.support.text.KeyIds;

/**
 * Everything secret that this node holds: the content of its key file.
 *
 * @param box the id that the first identity key gave; stays when keys rotate
 * @param identity seed of the current Ed25519 identity key
 * @param exchange the current X25519 key
 * @param household the household's root
 * @param local of use on this node alone: wraps object keys for its own memory
 * @param wrappedRoot the root as the latest recovery phrase wrapped it
 * @param catalogue the catalogue space's root, where this node has it
 * @param kept what a newer release holds beside these
 */
public record KeyMaterial(
    BoxId box,
    Secret identity,
    Secret exchange,
    Secret household,
    Secret local,
    Optional<Bytes> wrappedRoot,
    Optional<Secret> catalogue,
    KeptFields kept) {

  /** With nothing but what is known here. */
  public KeyMaterial(
      BoxId box,
      Secret identity,
      Secret exchange,
      Secret household,
      Secret local,
      Optional<Bytes> wrappedRoot,
      Optional<Secret> catalogue) {
    this(box, identity, exchange, household, local, wrappedRoot, catalogue, KeptFields.NONE);
  }

  /** Fresh keys for a node's first start. */
  public static KeyMaterial create(SecureRandom random) {
    Secret identity = Secret.random(random);
    byte[] first = new Ed25519Key(identity).publicKey().toArray();
    return new KeyMaterial(
        new BoxId(KeyIds.of(first)),
        identity,
        Secret.random(random),
        Secret.random(random),
        Secret.random(random),
        Optional.empty(),
        Optional.empty());
  }

  /** With another household root and the form of it that a phrase wrapped. */
  public KeyMaterial withHousehold(Secret root, Bytes wrapped) {
    return new KeyMaterial(
        box, identity, exchange, root, local, Optional.of(wrapped), catalogue, kept);
  }

  /** With the catalogue space's root. */
  public KeyMaterial withCatalogue(Secret root) {
    return new KeyMaterial(
        box, identity, exchange, household, local, wrappedRoot, Optional.of(root), kept);
  }
}
