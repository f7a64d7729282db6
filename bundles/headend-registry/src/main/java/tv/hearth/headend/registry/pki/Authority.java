package tv.hearth.headend.registry.pki;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;

/** A certificate authority: its certificate and its key. Immutable and thread-safe. */
public final class Authority {
  private final X509Certificate certificate;
  private final PrivateKey key;

  /**
   * Of a certificate and its key.
   *
   * @throws GeneralSecurityException where they don't belong together
   */
  public Authority(X509Certificate certificate, PrivateKey key) throws GeneralSecurityException {
    byte[] probe = certificate.getEncoded();
    if (!Ed25519Keys.verify(certificate.getPublicKey(), probe, Ed25519Keys.sign(key, probe))) {
      throw new GeneralSecurityException(
          "key and certificate of " + certificate.getSubjectX500Principal() + " don't match");
    }
    this.certificate = certificate;
    this.key = key;
  }

  /** The authority's own certificate. */
  public X509Certificate certificate() {
    return certificate;
  }

  /** Issues what {@code profile} says, with a random 127-bit serial number. */
  public X509Certificate issue(CertificateProfile profile, SecureRandom random) {
    X500Name issuer = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    return build(profile, issuer, certificate.getPublicKey().getEncoded(), key, random);
  }

  /** A self-signed root, whose path may hold one intermediate. */
  public static X509Certificate root(
      CertificateProfile profile, KeyPair pair, SecureRandom random) {
    X500Name name = new X500Name("CN=" + profile.commonName());
    return build(profile, name, pair.getPublic().getEncoded(), pair.getPrivate(), random);
  }

  private static X509Certificate build(
      CertificateProfile profile,
      X500Name issuer,
      byte[] issuerKey,
      PrivateKey key,
      SecureRandom random) {
    byte[] subjectKey = profile.key().getEncoded();
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(
            issuer,
            new BigInteger(127, random).setBit(126),
            Date.from(profile.notBefore()),
            Date.from(profile.notAfter()),
            new X500Name("CN=" + profile.commonName()),
            SubjectPublicKeyInfo.getInstance(subjectKey));
    try {
      JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          ids.createAuthorityKeyIdentifier(SubjectPublicKeyInfo.getInstance(issuerKey)));
      builder.addExtension(
          Extension.subjectKeyIdentifier,
          false,
          ids.createSubjectKeyIdentifier(SubjectPublicKeyInfo.getInstance(subjectKey)));
      boolean root = java.util.Arrays.equals(subjectKey, issuerKey);
      builder.addExtension(Extension.basicConstraints, true, constraints(profile, root));
      builder.addExtension(Extension.keyUsage, true, usage(profile));
      CertificateNames.add(builder, profile);
      return Certificates.parse(builder.build(new PlatformSigner(key)).getEncoded());
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("can't issue for CN=" + profile.commonName(), e);
    }
  }

  private static BasicConstraints constraints(CertificateProfile profile, boolean root) {
    return profile.authority() ? new BasicConstraints(root ? 1 : 0) : new BasicConstraints(false);
  }

  private static KeyUsage usage(CertificateProfile profile) {
    return new KeyUsage(
        profile.authority() ? KeyUsage.keyCertSign | KeyUsage.cRLSign : KeyUsage.digitalSignature);
  }
}
