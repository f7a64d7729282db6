package tv.hearth.membership.enrol;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.api.value.Bytes;

/** What is to be asked of the headend. Pure. */
public enum Due {
  /** Nothing. */
  NOTHING,
  /** The first certificate. */
  ENROL,
  /** A newer certificate, or to tell of newer keys. */
  RENEW;

  /**
   * Decides. A certificate is renewed from a third of its life on: 15 of 45 days. A box that the
   * map shows as removed asks too: where it was silent for too long it is a member again by that.
   *
   * @param leaf the operational certificate, if there is one
   * @param named whether the neighbourhood's name is known
   * @param mapped whether there is a map
   * @param shown this box as the map shows it, if it does; a map without it is one of a headend
   *     that lost its registry
   */
  public static Due of(
      Optional<X509Certificate> leaf,
      boolean named,
      boolean mapped,
      Optional<MapBox> shown,
      Keys keys,
      Instant now) {
    if (leaf.isEmpty()) {
      return ENROL;
    }
    Instant from = leaf.get().getNotBefore().toInstant();
    Instant until = leaf.get().getNotAfter().toInstant();
    Instant renewal = from.plus(Duration.between(from, until).dividedBy(3));
    boolean other = !Bytes.of(leaf.get().getPublicKey().getEncoded()).equals(keys.signing());
    if (!now.isBefore(renewal) || other || !named) {
      return RENEW;
    }
    boolean differs = shown.filter(box -> !keys.areOf(box)).isPresent();
    boolean forgotten = mapped && shown.filter(MapBox::isMember).isEmpty();
    return differs || forgotten ? RENEW : NOTHING;
  }

  /**
   * This box's public keys.
   *
   * @param signing SubjectPublicKeyInfo
   * @param exchange raw X25519
   * @param household SubjectPublicKeyInfo
   */
  public record Keys(Bytes signing, Bytes exchange, Bytes household) {
    boolean areOf(MapBox box) {
      return signing.equals(box.signingKey())
          && exchange.equals(box.exchangeKey())
          && household.equals(box.householdKey());
    }
  }
}
