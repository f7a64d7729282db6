package tv.hearth.tests.contracts.crypto;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.bouncycastle.operator.ContentSigner;

/** Describes a certificate, and makes it. Not thread-safe. */
public final class TestCertificate {
  /** TLS server. */
  public static final String SERVER = "1.3.6.1.5.5.7.3.1";

  /** TLS client. */
  public static final String CLIENT = "1.3.6.1.5.5.7.3.2";

  /** Renewal alone. */
  public static final String RENEWING = "1.3.6.1.4.1.99999.1.1";

  private final String subject;
  private final byte[] publicKey;
  private final List<GeneralName> names = new ArrayList<>();
  private final List<KeyPurposeId> usages = new ArrayList<>();
  private boolean authority;
  private Instant from;
  private Instant until;

  /**
   * For that key.
   *
   * @param commonName the subject's only attribute
   * @param publicKey SubjectPublicKeyInfo, DER
   */
  public TestCertificate(String commonName, byte[] publicKey, Instant from, Instant until) {
    this.subject = "CN=" + commonName;
    this.publicKey = publicKey.clone();
    this.from = from;
    this.until = until;
  }

  /** A CA's. */
  public TestCertificate authority() {
    authority = true;
    return this;
  }

  /** With a URI among its alternative names. */
  public TestCertificate uri(String uri) {
    names.add(new GeneralName(GeneralName.uniformResourceIdentifier, uri));
    return this;
  }

  /** With a DNS name among its alternative names. */
  public TestCertificate dns(String name) {
    names.add(new GeneralName(GeneralName.dNSName, name));
    return this;
  }

  /** With an IP address among its alternative names. */
  public TestCertificate ip(String address) {
    names.add(new GeneralName(GeneralName.iPAddress, address));
    return this;
  }

  /** With these extended key usages. */
  public TestCertificate usages(String... identifiers) {
    for (String identifier : identifiers) {
      usages.add(KeyPurposeId.getInstance(new ASN1ObjectIdentifier(identifier)));
    }
    return this;
  }

  /** The DER, signed by {@code issuer}. */
  public byte[] sign(String issuerName, Ed25519PrivateKeyParameters issuer, long serial) {
    try {
      X509v3CertificateBuilder builder =
          new X509v3CertificateBuilder(
              new X500Name("CN=" + issuerName),
              BigInteger.valueOf(serial),
              Date.from(from),
              Date.from(until),
              new X500Name(subject),
              SubjectPublicKeyInfo.getInstance(publicKey));
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      builder.addExtension(
          Extension.keyUsage,
          true,
          new KeyUsage(authority ? KeyUsage.keyCertSign : KeyUsage.digitalSignature));
      if (!names.isEmpty()) {
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(names.toArray(new GeneralName[0])));
      }
      if (!usages.isEmpty()) {
        builder.addExtension(
            Extension.extendedKeyUsage,
            false,
            new ExtendedKeyUsage(usages.toArray(new KeyPurposeId[0])));
      }
      return builder.build(new Signer(issuer)).getEncoded();
    } catch (IOException e) {
      throw new IllegalStateException("a test certificate could not be encoded", e);
    }
  }

  private static final class Signer implements ContentSigner {
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final Ed25519PrivateKeyParameters key;

    Signer(Ed25519PrivateKeyParameters key) {
      this.key = key;
    }

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
      return new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.3.101.112"));
    }

    @Override
    public OutputStream getOutputStream() {
      return content;
    }

    @Override
    public byte[] getSignature() {
      byte[] message = content.toByteArray();
      byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
      key.sign(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
      return signature;
    }
  }
}
