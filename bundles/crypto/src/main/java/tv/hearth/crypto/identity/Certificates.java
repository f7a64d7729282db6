package tv.hearth.crypto.identity;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/**
 * The node's certificates, checked; leaf first, without the anchor, empty where there are none.
 *
 * @param generation how often certificates were installed; kept on disk, so that it grows across
 *     restarts and updates of this bundle too
 */
record Certificates(
    List<X509Certificate> operational, List<X509Certificate> renewal, long generation) {
  static final Certificates NONE = new Certificates(List.of(), List.of(), 0);

  /** Why the operational chain can't be used at that time; empty where it can. */
  static Optional<String> invalid(List<X509Certificate> chain, Instant at) {
    Date now = Date.from(at);
    for (X509Certificate certificate : chain) {
      if (now.before(certificate.getNotBefore())) {
        return Optional.of("is not valid before " + certificate.getNotBefore().toInstant());
      } else if (now.after(certificate.getNotAfter())) {
        return Optional.of("expired at " + certificate.getNotAfter().toInstant());
      }
    }
    return Optional.empty();
  }

  static List<byte[]> encode(List<X509Certificate> chain) {
    List<byte[]> encoded = new ArrayList<>();
    for (X509Certificate certificate : chain) {
      try {
        encoded.add(certificate.getEncoded());
      } catch (CertificateEncodingException e) {
        throw new IllegalStateException("a parsed certificate has no encoding", e);
      }
    }
    return encoded;
  }
}
