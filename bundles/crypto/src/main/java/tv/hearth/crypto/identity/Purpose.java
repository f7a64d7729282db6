package tv.hearth.crypto.identity;

import java.util.List;

/** What a certificate of this node is for, by its extended key usages. */
enum Purpose {
  /** TLS with boxes and broker, both ways. */
  OPERATIONAL("operational certificate", List.of(Purpose.SERVER, Purpose.CLIENT), Purpose.RENEWING),
  /** Asking the enrolment listener for a new certificate, and nothing else. */
  RENEWAL("renewal credential", List.of(Purpose.CLIENT, Purpose.RENEWING), Purpose.SERVER);

  static final String SERVER = "1.3.6.1.5.5.7.3.1";
  static final String CLIENT = "1.3.6.1.5.5.7.3.2";

  /** Our own extended key usage (docs/format-identity.md). */
  static final String RENEWING = "1.3.6.1.4.1.99999.1.1";

  private final String words;
  private final List<String> needed;
  private final String forbidden;

  Purpose(String words, List<String> needed, String forbidden) {
    this.words = words;
    this.needed = needed;
    this.forbidden = forbidden;
  }

  String words() {
    return words;
  }

  /** Whether these usages, null where the certificate has none, are those of the purpose. */
  boolean fits(List<String> usages) {
    return usages != null && usages.containsAll(needed) && !usages.contains(forbidden);
  }
}
