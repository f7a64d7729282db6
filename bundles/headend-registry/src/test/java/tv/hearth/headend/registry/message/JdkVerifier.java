package tv.hearth.headend.registry.message;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import tv.hearth.api.signature.BadSignatureException;
import tv.hearth.api.signature.SignatureVerifier;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.headend.registry.pki.Ed25519Keys;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cose.Sign1;

/** Checks signatures with the Java platform alone, so that these tests need no crypto bundle. */
final class JdkVerifier implements SignatureVerifier {
  @Override
  public byte[] verify(byte[] signed, String type, Bytes signingKey) throws BadSignatureException {
    try {
      Sign1 envelope = Sign1.parse(signed);
      byte[] message = Sign1.toBeSigned(type, envelope.payload());
      if (!Ed25519Keys.verify(
          Ed25519Keys.publicKey(signingKey.toArray()), message, envelope.signature())) {
        throw new BadSignatureException("not signed by that key as " + type);
      }
      return envelope.payload();
    } catch (CborException | GeneralSecurityException e) {
      throw new BadSignatureException("no signed record", e);
    }
  }

  @Override
  public BoxId boxOf(X509Certificate leaf) {
    throw new UnsupportedOperationException("these tests show no certificates");
  }
}
