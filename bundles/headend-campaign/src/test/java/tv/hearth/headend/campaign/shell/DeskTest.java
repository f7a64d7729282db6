package tv.hearth.headend.campaign.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.health.HealthProbe;
import tv.hearth.api.operator.PublishedFiles;
import tv.hearth.api.telemetry.Meter;
import tv.hearth.headend.campaign.shelf.Expiry;

@Timeout(300)
class DeskTest {
  private static final long HOUR_MILLIS = 3_600_000;
  private static final Expiry EXPIRY = new Expiry(Duration.ofDays(1), Duration.ofDays(30));

  @TempDir private Path folder;

  @Test
  void anErrorInItsWorkIsToldAndEndsNothing() throws Exception {
    PublishedFiles broken =
        (name, limit) -> {
          throw new NoClassDefFoundError("tv/hearth/Gone");
        };
    PublishedFiles empty = (name, limit) -> Optional.empty();
    try (Desk desk = new Desk(folder, HOUR_MILLIS, EXPIRY)) {
      desk.repository().open(broken);
      desk.lookSoon();
      await(desk, "campaign.worker.failures.count");
      assertEquals(HealthProbe.State.DEGRADED, desk.health().state());
      assertTrue(desk.health().reason().contains("Gone"), desk.health().reason());
      desk.repository().close(broken);
      desk.repository().open(empty);
      desk.lookSoon();
      await(desk, "campaign.warnings.count");
    }
  }

  private static void await(Desk desk, String meter) {
    while (desk.meters().stream().filter(m -> m.name().equals(meter)).noneMatch(DeskTest::counts)) {
      Thread.onSpinWait();
    }
  }

  private static boolean counts(Meter meter) {
    return meter.value() > 0;
  }
}
