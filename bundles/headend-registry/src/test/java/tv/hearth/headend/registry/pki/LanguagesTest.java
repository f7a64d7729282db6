package tv.hearth.headend.registry.pki;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A certificate's times are those that were asked for, whatever the language of the machine. */
class LanguagesTest {
  private final Locale before = Locale.getDefault();

  @AfterEach
  void putBack() {
    Locale.setDefault(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"en", "ar-EG-u-nu-arab", "th-TH-u-ca-buddhist-nu-thai", "th-TH", "tr-TR", "fa-IR"})
  void validityIsAsAsked(String language) throws Exception {
    Locale.setDefault(Locale.forLanguageTag(language));
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Instant from = Instant.parse("2026-11-28T16:00:00Z");
    Instant to = Instant.parse("2056-11-28T16:00:00Z");
    X509Certificate root =
        Authority.root(
            new CertificateProfile(
                "operator", pair.getPublic(), from, to, List.of(), List.of(), true),
            pair,
            new SecureRandom());
    assertEquals(from, root.getNotBefore().toInstant());
    assertEquals(to, root.getNotAfter().toInstant());
  }
}
