package tv.hearth.headend.registry.enrol;

import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tv.hearth.api.value.BoxId;
import tv.hearth.headend.registry.operator.Credentials;
import tv.hearth.headend.registry.pki.Authority;
import tv.hearth.headend.registry.pki.CertificateProfile;

/** Issues the certificates of boxes and of the headend itself. Thread-safe. */
public final class CertificateDesk {
  /** How long an operational certificate lasts. */
  public static final Duration OPERATIONAL = Duration.ofDays(45);

  /** From what age on it is renewed. */
  public static final Duration RENEW_FROM = Duration.ofDays(15);

  /** How long a renewal credential lasts. */
  public static final Duration RENEWAL = Duration.ofDays(3650);

  /** How much a node's clock may be behind. */
  private static final Duration SKEW = Duration.ofHours(1);

  private final Credentials credentials;
  private final SecureRandom random;

  /** With the operator's authorities. */
  public CertificateDesk(Credentials credentials, SecureRandom random) {
    this.credentials = credentials;
    this.random = random;
  }

  /** A box's operational chain, leaf first. */
  public List<X509Certificate> operational(BoxId box, PublicKey key, Instant now) {
    return chain(
        credentials.operational(),
        profile(box.text(), key, now, OPERATIONAL, boxNames(box), CertificateProfile.BOTH_SIDES));
  }

  /** A box's renewal chain, leaf first. */
  public List<X509Certificate> renewal(BoxId box, PublicKey key, Instant now) {
    List<String> usages = List.of(CertificateProfile.CLIENT_AUTH, CertificateProfile.RENEWAL);
    return chain(
        credentials.renewal(),
        profile(box.text(), key, now, RENEWAL, List.of(boxUri(box)), usages));
  }

  /** The headend's own operational chain as a client of the broker, leaf first. */
  public List<X509Certificate> headend(PublicKey key, Instant now) {
    return chain(
        credentials.operational(),
        profile(
            "headend",
            key,
            now,
            OPERATIONAL,
            List.of(headendUri()),
            CertificateProfile.BOTH_SIDES));
  }

  /**
   * The enrolment listener's chain, leaf first.
   *
   * @param names {@code dns:} and {@code ip:} names that it is reached by
   */
  public List<X509Certificate> listener(PublicKey key, List<String> names, Instant now) {
    List<String> all = new ArrayList<>(List.of(headendUri()));
    all.addAll(names);
    List<String> usages = List.of(CertificateProfile.SERVER_AUTH);
    return chain(credentials.operational(), profile("headend", key, now, OPERATIONAL, all, usages));
  }

  private String headendUri() {
    return "uri:urn:hearth:headend:" + credentials.neighbourhood();
  }

  private static List<String> boxNames(BoxId box) {
    return List.of(boxUri(box), "dns:" + box + ".box.hearth.internal");
  }

  private static String boxUri(BoxId box) {
    return "uri:urn:hearth:box:" + box;
  }

  private static CertificateProfile profile(
      String name,
      PublicKey key,
      Instant now,
      Duration life,
      List<String> names,
      List<String> usages) {
    return new CertificateProfile(name, key, now.minus(SKEW), now.plus(life), names, usages, false);
  }

  private List<X509Certificate> chain(Authority authority, CertificateProfile profile) {
    return List.of(authority.issue(profile, random), authority.certificate());
  }

  /** DER of each. */
  public static List<byte[]> encoded(List<X509Certificate> chain) {
    List<byte[]> ders = new ArrayList<>();
    for (X509Certificate certificate : chain) {
      try {
        ders.add(certificate.getEncoded());
      } catch (CertificateEncodingException e) {
        throw new IllegalStateException("a certificate that was just made has no encoding", e);
      }
    }
    return ders;
  }
}
