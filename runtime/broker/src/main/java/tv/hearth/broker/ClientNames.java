package tv.hearth.broker;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** Whom a client's certificate names. The chain has been checked by TLS. */
final class ClientNames {
  /** Extended key usage that makes a certificate good for the enrolment listener alone. */
  static final String RENEWAL_ONLY = "1.3.6.1.4.1.99999.1.1";

  private static final String CLIENT = "1.3.6.1.5.5.7.3.2";

  private ClientNames() {}

  /** The common name of an operational certificate; empty for a renewal credential or none. */
  static Optional<String> operational(X509Certificate certificate) {
    try {
      List<String> usage = certificate.getExtendedKeyUsage();
      if (usage == null || !usage.contains(CLIENT) || usage.contains(RENEWAL_ONLY)) {
        return Optional.empty();
      }
      LdapName subject = new LdapName(certificate.getSubjectX500Principal().getName());
      List<String> names =
          subject.getRdns().stream()
              .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
              .map(Rdn::getValue)
              .map(String::valueOf)
              .toList();
      return names.size() == 1 ? Optional.of(names.get(0)) : Optional.empty();
    } catch (CertificateParsingException | InvalidNameException e) {
      return Optional.empty(); // what can't be read names nobody
    }
  }
}
