package tv.hearth.crypto.identity;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import tv.hearth.api.value.BoxId;
import tv.hearth.crypto.primitive.Ed25519Key;

/** PKCS#10 requests (RFC 2986) signed with Ed25519 (RFC 8410), subject {@code CN=<box id>}. */
final class SigningRequest {
  private SigningRequest() {}

  static byte[] make(BoxId box, Ed25519Key key) {
    try {
      return new PKCS10CertificationRequestBuilder(
              new X500Name("CN=" + box.text()),
              SubjectPublicKeyInfo.getInstance(key.publicKey().toArray()))
          .build(new Signer(key))
          .getEncoded();
    } catch (IOException e) {
      throw new IllegalStateException("a signing request could not be encoded", e);
    }
  }

  private static final class Signer implements ContentSigner {
    private static final AlgorithmIdentifier ED25519 =
        new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.3.101.112"));
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final Ed25519Key key;

    Signer(Ed25519Key key) {
      this.key = key;
    }

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
      return ED25519;
    }

    @Override
    public OutputStream getOutputStream() {
      return content;
    }

    @Override
    public byte[] getSignature() {
      return key.sign(content.toByteArray());
    }
  }
}
