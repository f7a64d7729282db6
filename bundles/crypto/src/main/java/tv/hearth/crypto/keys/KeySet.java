package tv.hearth.crypto.keys;

import java.util.Optional;
import tv.hearth.api.value.Bytes;
import tv.hearth.crypto.primitive.Ed25519Key;
import tv.hearth.crypto.primitive.Hpke;
import tv.hearth.crypto.primitive.Secret;

/** Key material with all that is derived from it, computed once. Immutable and thread-safe. */
public final class KeySet {
  private final KeyMaterial material;
  private final Ed25519Key identity;
  private final Bytes exchangeKey;
  private final Ed25519Key householdKey;
  private final SpaceKeys household;
  private final Optional<SpaceKeys> catalogue;

  /** Derives. */
  public KeySet(KeyMaterial material) {
    this.material = material;
    this.identity = new Ed25519Key(material.identity());
    this.exchangeKey = Hpke.publicKey(material.exchange());
    this.householdKey = new Ed25519Key(material.household().derive("hearth/household/v1/sign"));
    this.household = SpaceKeys.household(material.household());
    this.catalogue = material.catalogue().map(SpaceKeys::catalogue);
  }

  /** What all is derived from. */
  public KeyMaterial material() {
    return material;
  }

  /** The box's identity key. */
  public Ed25519Key identity() {
    return identity;
  }

  /** The raw X25519 public key, 32 bytes. */
  public Bytes exchangeKey() {
    return exchangeKey;
  }

  /** The household's signing key. */
  public Ed25519Key householdKey() {
    return householdKey;
  }

  /** The household space's keys. */
  public SpaceKeys household() {
    return household;
  }

  /** The catalogue space's keys, where granted. */
  public Optional<SpaceKeys> catalogue() {
    return catalogue;
  }

  /** Wraps object keys while they pass through other bundles of this node. */
  public Secret objectKek() {
    return material.local().derive("hearth/local/v1/object-kek");
  }
}
