package tv.hearth.membership.enrol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.OwnerId;
import tv.hearth.headend.registry.enrol.CertificateDesk;
import tv.hearth.headend.registry.operator.Credentials;
import tv.hearth.headend.registry.operator.OperatorKeys;
import tv.hearth.headend.registry.pki.Ed25519Keys;

class DueTest {
  private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");
  private static final BoxId BOX = new BoxId("a".repeat(32));
  @TempDir Path temp;
  private final KeyPair pair = Ed25519Keys.generate(new SecureRandom());
  private final Bytes exchange = Bytes.of(new byte[32]);
  private final Due.Keys keys =
      new Due.Keys(Bytes.of(pair.getPublic().getEncoded()), exchange, exchange);
  private Optional<X509Certificate> leaf;

  @BeforeEach
  void issue() throws Exception {
    OperatorKeys operator =
        OperatorKeys.create(temp.resolve("op"), "hamlet", Clock.systemUTC(), new SecureRandom());
    CertificateDesk desk =
        new CertificateDesk(Credentials.read(operator.headendCredentials()), new SecureRandom());
    leaf = Optional.of(desk.operational(BOX, pair.getPublic(), NOW).get(0));
  }

  private Optional<MapBox> shown(Bytes household, MapBox.State state) {
    OwnerId owner = new OwnerId("b".repeat(32));
    return Optional.of(
        new MapBox(BOX, keys.signing(), exchange, owner, household, "p", 1, state, "m", List.of()));
  }

  private Due due(boolean mapped, Optional<MapBox> shown, Instant now) {
    return Due.of(leaf, true, mapped, shown, keys, now);
  }

  @Test
  void aNodeWithoutCertificateEnrols() {
    assertEquals(Due.ENROL, Due.of(Optional.empty(), true, false, Optional.empty(), keys, NOW));
  }

  @Test
  void fortyFiveDaysAreRenewedFromDayFifteen() {
    Optional<MapBox> shown = shown(exchange, MapBox.State.ACTIVE);
    assertEquals(Due.NOTHING, due(true, shown, NOW));
    assertEquals(Due.NOTHING, due(true, shown, NOW.plus(Duration.ofDays(14))));
    assertEquals(Due.RENEW, due(true, shown, NOW.plus(Duration.ofDays(15))));
    assertEquals(Due.RENEW, due(true, shown, NOW.plus(Duration.ofDays(400))));
  }

  @Test
  void newerKeysAndAForgottenBoxAreTold() {
    Bytes other = Bytes.of(new byte[] {1});
    assertEquals(Due.RENEW, due(true, shown(other, MapBox.State.ACTIVE), NOW));
    assertEquals(Due.RENEW, due(true, shown(exchange, MapBox.State.REMOVED), NOW));
    assertEquals(Due.RENEW, due(true, Optional.empty(), NOW));
    assertEquals(Due.NOTHING, due(false, Optional.empty(), NOW));
    assertEquals(Due.RENEW, Due.of(leaf, false, false, Optional.empty(), keys, NOW));
    Due.Keys rotated = new Due.Keys(other, exchange, exchange);
    assertEquals(Due.RENEW, Due.of(leaf, true, false, Optional.empty(), rotated, NOW));
  }

  @Test
  void waitingDoublesToAQuarterOfAnHourWithJitter() {
    Backoff backoff = new Backoff(new SplittableRandom(7));
    long full = 1000;
    for (int i = 0; i < 40; i++) {
      long millis = backoff.failed().toMillis();
      assertTrue(millis >= full / 2 && millis <= full, millis + " at failure " + i);
      full = Math.min(900_000, full * 2);
    }
    backoff.worked();
    assertTrue(backoff.failed().toMillis() <= 1000);
  }
}
