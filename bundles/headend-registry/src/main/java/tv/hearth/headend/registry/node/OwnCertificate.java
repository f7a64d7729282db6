package tv.hearth.headend.registry.node;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import tv.hearth.api.identity.Identity;
import tv.hearth.api.identity.IdentityException;
import tv.hearth.headend.registry.enrol.CertificateDesk;
import tv.hearth.headend.registry.operator.Credentials;
import tv.hearth.headend.registry.pki.Certificates;
import tv.hearth.headend.registry.pki.SigningRequests;

/** The headend issues its own certificate and renews it. Not thread-safe. */
public final class OwnCertificate {
  private final Credentials credentials;
  private final CertificateDesk desk;

  /** With what issues. */
  public OwnCertificate(Credentials credentials, CertificateDesk desk) {
    this.credentials = credentials;
    this.desk = desk;
  }

  /** Issues and installs a certificate where one is due; returns whether it did. */
  public boolean renew(Identity identity, Instant now) throws IdentityException {
    if (isGood(identity, now)) {
      return false;
    }
    try {
      PublicKey key = SigningRequests.key(identity.signingRequest());
      identity.install(CertificateDesk.encoded(desk.headend(key, now)), List.of());
      return true;
    } catch (GeneralSecurityException e) {
      throw new IdentityException(
          IdentityException.Problem.BAD_CERTIFICATE,
          "the headend's own signing request: " + e.getMessage(),
          e);
    }
  }

  private boolean isGood(Identity identity, Instant now) {
    List<byte[]> chain = identity.certificateChain();
    if (chain.isEmpty() || !identity.enrolled()) {
      return false;
    }
    try {
      X509Certificate leaf = Certificates.parse(chain.get(0));
      X509Certificate issuer = credentials.operational().certificate();
      leaf.verify(issuer.getPublicKey());
      Duration left = Duration.between(now, leaf.getNotAfter().toInstant());
      Duration least = CertificateDesk.OPERATIONAL.minus(CertificateDesk.RENEW_FROM);
      byte[] key = leaf.getPublicKey().getEncoded();
      return left.compareTo(least) > 0 && Arrays.equals(key, identity.signingKey().toArray());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
