package tv.hearth.update.plan;

import tv.hearth.api.signature.BadSignatureException;
import tv.hearth.api.signature.PublicKeyVerifier;
import tv.hearth.api.value.Bytes;
import tv.hearth.support.gate.ServiceGate;
import tv.hearth.support.gate.ServiceMissingException;

/**
 * Asks whoever checks signatures at the moment of each check: all of a repository's metadata is
 * more than one check, and the bundle that makes them may be exchanged between two. Thread-safe.
 */
public final class Verifying implements PublicKeyVerifier {
  private final ServiceGate<PublicKeyVerifier> gate;

  /** Whoever is behind that gate. */
  public Verifying(ServiceGate<PublicKeyVerifier> gate) {
    this.gate = gate;
  }

  /**
   * {@inheritDoc}
   *
   * @throws ServiceMissingException where nobody comes to check it in time
   */
  @Override
  public boolean verify(String scheme, Bytes key, byte[] message, byte[] signature)
      throws BadSignatureException {
    return gate.call(present -> present.verify(scheme, key, message, signature));
  }
}
