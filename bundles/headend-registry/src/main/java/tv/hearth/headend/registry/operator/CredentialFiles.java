package tv.hearth.headend.registry.operator;

import java.nio.file.Path;

/** Where what lies in the headend's credentials folder. */
public record CredentialFiles(Path dir) {
  /** The neighbourhood's name, a line of text. */
  public Path neighbourhood() {
    return dir.resolve("neighbourhood");
  }

  /** The operator's root certificate. */
  public Path anchor() {
    return dir.resolve("anchor.pem");
  }

  /** Certificate of the authority that issues operational certificates. */
  public Path operationalCertificate() {
    return dir.resolve("operational-ca.pem");
  }

  /** Its key. */
  public Path operationalKey() {
    return dir.resolve("operational-ca.key");
  }

  /** Certificate of the authority that issues renewal credentials. */
  public Path renewalCertificate() {
    return dir.resolve("renewal-ca.pem");
  }

  /** Its key. */
  public Path renewalKey() {
    return dir.resolve("renewal-ca.key");
  }

  /** The key that signs the map. */
  public Path mapKey() {
    return dir.resolve("map.key");
  }

  /** The signed delegation, COSE_Sign1. */
  public Path delegation() {
    return dir.resolve("delegation.cose");
  }

  /** The claim codes. */
  public Path claims() {
    return dir.resolve("claims");
  }

  /** A signed map to refill an empty registry from, after the headend was lost; usually absent. */
  public Path recoveryMap() {
    return dir.resolve("recovery-map.cbor");
  }
}
