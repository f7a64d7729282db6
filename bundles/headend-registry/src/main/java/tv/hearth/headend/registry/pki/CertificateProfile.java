package tv.hearth.headend.registry.pki;

import java.security.PublicKey;
import java.time.Instant;
import java.util.List;

/**
 * What a certificate is to say.
 *
 * @param commonName the subject's only attribute
 * @param notBefore seconds count
 * @param notAfter seconds count
 * @param names subject alternative names as {@code uri:…}, {@code dns:…} or {@code ip:…}
 * @param usages extended key usages as object identifiers; empty: no such extension
 * @param authority true for an intermediate that issues end entities alone
 */
public record CertificateProfile(
    String commonName,
    PublicKey key,
    Instant notBefore,
    Instant notAfter,
    List<String> names,
    List<String> usages,
    boolean authority) {
  /** TLS server. */
  public static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";

  /** TLS client. */
  public static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

  /** Good for renewal on the enrolment listener and nothing else. */
  public static final String RENEWAL = "1.3.6.1.4.1.99999.1.1";

  /** What every operational peer has: nodes refuse others, renewal credentials above all. */
  public static final List<String> BOTH_SIDES = List.of(CLIENT_AUTH, SERVER_AUTH);

  /** Copies the lists. */
  public CertificateProfile {
    names = List.copyOf(names);
    usages = List.copyOf(usages);
  }

  /** The same with other usages. */
  public CertificateProfile withUsages(List<String> others) {
    return new CertificateProfile(commonName, key, notBefore, notAfter, names, others, authority);
  }
}
