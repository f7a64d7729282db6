package tv.hearth.api.signature;

import java.security.cert.X509Certificate;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;

/** Checks signatures and certificates from outside. Pure and thread-safe. */
public interface SignatureVerifier {
  /**
   * Checks a COSE_Sign1 (RFC 9052, EdDSA) before anything in it is parsed further, and returns its
   * payload.
   *
   * @param signed at most 1 MiB
   * @param type the content type that must have been signed
   * @param signingKey SubjectPublicKeyInfo (DER, Ed25519) of who must have signed
   * @throws BadSignatureException where it is not so
   */
  byte[] verify(byte[] signed, String type, Bytes signingKey) throws BadSignatureException;

  /**
   * The box that a TLS peer's certificate names ({@code URI:urn:hearth:box:ID} in its subject
   * alternative names). The chain was checked by TLS; membership and the map's key are the caller's
   * matter.
   */
  BoxId boxOf(X509Certificate leaf) throws BadSignatureException;
}
