package tv.hearth.headend.registry.pki;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/** PKCS#10 requests (RFC 2986). */
public final class SigningRequests {
  private SigningRequests() {}

  /**
   * The key of a request whose own signature was checked; its subject and attributes are ignored.
   *
   * @throws GeneralSecurityException where it is not of the form, not Ed25519, or wrongly signed
   */
  public static PublicKey key(byte[] der) throws GeneralSecurityException {
    try {
      PKCS10CertificationRequest request = new PKCS10CertificationRequest(der);
      PublicKey key = Ed25519Keys.publicKey(request.getSubjectPublicKeyInfo().getEncoded("DER"));
      byte[] signed = request.toASN1Structure().getCertificationRequestInfo().getEncoded("DER");
      if (!Ed25519Keys.verify(key, signed, request.getSignature())) {
        throw new GeneralSecurityException("its signature is wrong");
      }
      return key;
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      throw new GeneralSecurityException("it is no PKCS#10", e);
    }
  }
}
