package tv.hearth.crypto.identity;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import tv.hearth.api.identity.IdentityException;
import tv.hearth.api.identity.IdentityException.Problem;
import tv.hearth.api.value.Bytes;

/**
 * Checks that a chain leads to an anchor (RFC 5280 §6), is for one key and for one purpose. Pure
 * and thread-safe.
 */
final class ChainCheck {
  private static final int MOST = 4;
  private static final int MAX = 16_384;
  private final Anchors anchors;

  ChainCheck(Anchors anchors) {
    this.anchors = anchors;
  }

  /**
   * The chain's certificates, leaf first, without the anchor.
   *
   * @param at when they must be valid
   */
  List<X509Certificate> check(List<byte[]> chain, Bytes publicKey, Purpose purpose, Instant at)
      throws IdentityException {
    List<X509Certificate> certificates = parse(chain, purpose);
    X509Certificate leaf = certificates.get(0);
    if (!Bytes.of(leaf.getPublicKey().getEncoded()).equals(publicKey)) {
      throw bad(purpose, "it is for another key than this node's", null);
    }
    if (leaf.getBasicConstraints() >= 0) {
      throw bad(purpose, "it is a CA's", null);
    }
    List<String> usages = usages(leaf, purpose);
    if (!purpose.fits(usages)) {
      throw bad(purpose, "its extended key usages are " + usages, null);
    }
    checkPath(certificates, purpose, at);
    return certificates;
  }

  /** Without a look at keys, purposes, paths and dates. */
  List<X509Certificate> parse(List<byte[]> chain, Purpose purpose) throws IdentityException {
    if (chain.isEmpty() || chain.size() > MOST) {
      throw bad(purpose, "its chain has " + chain.size() + " certificates, not 1…" + MOST, null);
    }
    List<X509Certificate> certificates = new ArrayList<>();
    for (byte[] der : chain) {
      certificates.add(parse(der, purpose));
    }
    if (certificates.size() > 1 && anchors.contains(certificates.get(certificates.size() - 1))) {
      certificates.remove(certificates.size() - 1);
    }
    return List.copyOf(certificates);
  }

  private static X509Certificate parse(byte[] der, Purpose purpose) throws IdentityException {
    if (der.length > MAX) {
      throw bad(purpose, "a certificate of " + der.length + " bytes, at most " + MAX, null);
    }
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException e) {
      throw bad(purpose, "it is not X.509 (DER)", e);
    }
  }

  private static List<String> usages(X509Certificate leaf, Purpose purpose)
      throws IdentityException {
    try {
      return leaf.getExtendedKeyUsage();
    } catch (CertificateException e) {
      throw bad(purpose, "its extended key usages can't be read", e);
    }
  }

  private void checkPath(List<X509Certificate> certificates, Purpose purpose, Instant at)
      throws IdentityException {
    try {
      PKIXParameters parameters = new PKIXParameters(anchors.trusted());
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(at));
      CertPathValidator.getInstance("PKIX")
          .validate(
              CertificateFactory.getInstance("X.509").generateCertPath(certificates), parameters);
    } catch (GeneralSecurityException e) {
      throw bad(purpose, e.getMessage(), e);
    }
  }

  private static IdentityException bad(Purpose purpose, String why, Exception cause) {
    return new IdentityException(
        Problem.BAD_CERTIFICATE,
        "the "
            + purpose.words()
            + " is refused: "
            + why
            + "; enrol again, and check clock and anchor",
        cause);
  }
}
