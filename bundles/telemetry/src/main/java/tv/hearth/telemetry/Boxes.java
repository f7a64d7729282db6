package tv.hearth.telemetry;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import tv.hearth.api.identity.Identity;

/** Tells boxes from the operator's own nodes. */
final class Boxes {
  private Boxes() {}

  /**
   * False where the operational certificate is made out to somebody else than a box, as the
   * headend's is: no topic for reports is its, and the broker would close the connection over one.
   */
  static boolean mayReport(Identity identity) {
    List<byte[]> chain = identity.certificateChain();
    if (chain.isEmpty()) {
      return true; // a box that waits for its enrolment
    }
    try {
      X509Certificate leaf =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(chain.get(0)));
      return leaf.getSubjectX500Principal().getName().equals("CN=" + identity.box());
    } catch (CertificateException e) {
      return false; // what can't be read is no box's certificate
    }
  }
}
