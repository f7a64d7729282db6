package tv.hearth.membership;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.stream.Collectors;
import tv.hearth.api.value.Bytes;

/** The operator's root keys from the anchor file. */
final class Roots {
  private Roots() {}

  /**
   * SubjectPublicKeyInfo of each certificate; at least one.
   *
   * @param configured path; null where the setting is missing
   */
  static List<Bytes> read(String configured) throws IOException {
    if (configured == null || configured.isBlank()) {
      throw new IOException("set 'anchor' of tv.hearth.membership to the operator's anchor file");
    }
    Path anchor = Path.of(configured);
    try (InputStream in = Files.newInputStream(anchor)) {
      List<Bytes> roots =
          CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
              .map(Certificate::getPublicKey)
              .map(key -> Bytes.of(key.getEncoded()))
              .collect(Collectors.toUnmodifiableList());
      if (roots.isEmpty()) {
        throw new IOException(anchor + " holds no certificate: install the operator's anchor");
      }
      return roots;
    } catch (CertificateException e) {
      throw new IOException(anchor + " is no PEM certificate: install the operator's anchor", e);
    }
  }
}
