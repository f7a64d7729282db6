package tv.hearth.crypto.identity;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.Set;
import tv.hearth.api.identity.IdentityException;
import tv.hearth.api.identity.IdentityException.Problem;

/**
 * The operator's root certificates, which alone are trusted: one, or up to four while roots are
 * changed. Immutable and thread-safe.
 */
public final class Anchors {
  private static final int MOST = 4;
  private static final int MAX_FILE = 65_536;
  private final Set<TrustAnchor> trusted;

  private Anchors(Set<TrustAnchor> trusted) {
    this.trusted = Set.copyOf(trusted);
  }

  /** Reads a PEM file of one to four CA certificates. */
  public static Anchors load(Path file) throws IdentityException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(MAX_FILE);
      Set<TrustAnchor> trusted = new HashSet<>();
      for (var certificate :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(content))) {
        trusted.add(anchor((X509Certificate) certificate, file));
      }
      if (trusted.isEmpty() || trusted.size() > MOST) {
        throw bad(file, "it holds " + trusted.size() + " certificates, not 1…" + MOST, null);
      }
      return new Anchors(trusted);
    } catch (IOException | CertificateException e) {
      throw bad(file, e.toString(), e);
    }
  }

  /** The trust anchors. */
  Set<TrustAnchor> trusted() {
    return trusted;
  }

  /** Whether that very certificate is trusted by itself. */
  boolean contains(X509Certificate certificate) {
    return trusted.stream().anyMatch(a -> a.getTrustedCert().equals(certificate));
  }

  private static TrustAnchor anchor(X509Certificate certificate, Path file)
      throws IdentityException {
    if (certificate.getBasicConstraints() < 0) {
      throw bad(file, certificate.getSubjectX500Principal() + " is no CA", null);
    }
    return new TrustAnchor(certificate, null);
  }

  private static IdentityException bad(Path file, String why, Exception cause) {
    return new IdentityException(
        Problem.BAD_CERTIFICATE,
        "install the operator's anchor certificate (PEM) as " + file + ": " + why,
        cause);
  }
}
