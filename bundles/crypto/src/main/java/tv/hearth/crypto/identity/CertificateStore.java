package tv.hearth.crypto.identity;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tv.hearth.api.identity.IdentityException;
import tv.hearth.api.value.Bytes;
import tv.hearth.support.cbor.CborException;

/**
 * Keeps the node's certificates. What the file holds is checked again when it is read; a damaged
 * file or one for other keys counts as none, so that the box enrols again. Not thread-safe.
 */
final class CertificateStore {
  private static final Logger LOG = System.getLogger(CertificateStore.class.getName());
  private final CertificateFile file;
  private final ChainCheck check;
  private final Clock clock;

  CertificateStore(CertificateFile file, Anchors anchors, Clock clock) {
    this.file = file;
    this.check = new ChainCheck(anchors);
    this.clock = clock;
  }

  /** What was installed for that key, expired or not. */
  Certificates load(Bytes publicKey) throws IdentityException {
    try {
      Optional<CertificateFile.Chains> chains = file.read();
      if (chains.isEmpty()) {
        return Certificates.NONE;
      }
      return new Certificates(
          recheck(chains.get().operational(), publicKey, Purpose.OPERATIONAL),
          recheck(chains.get().renewal(), publicKey, Purpose.RENEWAL),
          chains.get().generation());
    } catch (CborException e) {
      LOG.log(Level.WARNING, file.path() + " is damaged: this node must enrol again", e);
      return Certificates.NONE;
    }
  }

  /** Checks and keeps; an empty renewal chain keeps the present one. */
  Certificates install(
      List<byte[]> operational, List<byte[]> renewal, Bytes publicKey, Certificates present)
      throws IdentityException {
    Instant now = clock.instant();
    Certificates next =
        new Certificates(
            check.check(operational, publicKey, Purpose.OPERATIONAL, now),
            renewal.isEmpty()
                ? present.renewal()
                : check.check(renewal, publicKey, Purpose.RENEWAL, now),
            present.generation() + 1);
    file.write(
        new CertificateFile.Chains(
            Certificates.encode(next.operational()),
            Certificates.encode(next.renewal()),
            next.generation()));
    return next;
  }

  private List<X509Certificate> recheck(List<byte[]> chain, Bytes publicKey, Purpose purpose) {
    if (chain.isEmpty()) {
      return List.of();
    }
    try {
      Instant lastGood =
          check.parse(chain, purpose).stream()
              .map(certificate -> certificate.getNotAfter().toInstant())
              .min(Instant::compareTo)
              .orElseThrow();
      Instant now = clock.instant();
      Instant at = now.isBefore(lastGood) ? now : lastGood.minus(Duration.ofSeconds(1));
      return check.check(chain, publicKey, purpose, at);
    } catch (IdentityException e) {
      LOG.log(Level.WARNING, file.path() + ": " + e.getMessage(), e);
      return List.of();
    }
  }
}
