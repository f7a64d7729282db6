package tv.hearth.headend.campaign.shell;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tv.hearth.api.health.HealthProbe.Health;
import tv.hearth.api.operator.FleetWork;
import tv.hearth.api.operator.OperatorPages;
import tv.hearth.api.telemetry.Meter;
import tv.hearth.headend.campaign.shelf.Expiry;
import tv.hearth.headend.campaign.store.CampaignStoreException;

/**
 * The desk; or, where its file can't be opened (a newer release's, a damaged or a full disk), why
 * there is none: the operator's pages and the health say so, for nobody else would. Thread-safe.
 */
final class Office implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Office.class.getName());
  private static final int UNAVAILABLE = 503;

  private final Optional<Desk> desk;
  private final String shut;

  private Office(Optional<Desk> desk, String shut) {
    this.desk = desk;
    this.shut = shut;
  }

  /** Opens it. */
  static Office open(Path folder, long tickMillis, Expiry expiry) throws IOException {
    try {
      return new Office(Optional.of(new Desk(folder, tickMillis, expiry)), "");
    } catch (CampaignStoreException e) {
      LOG.log(System.Logger.Level.ERROR, "no campaigns: " + e.getMessage(), e);
      return new Office(Optional.empty(), e.getMessage());
    }
  }

  /** Does it with the desk where there is one. */
  void with(Consumer<Desk> work) {
    desk.ifPresent(work);
  }

  OperatorPages pages() {
    return desk.map(Desk::pages)
        .orElse((method, path, body) -> new OperatorPages.Answer(UNAVAILABLE, "SHUT", shut));
  }

  /** Campaigns that can't be read may be under way. */
  FleetWork work() {
    return desk.map(Desk::work).orElse(() -> Optional.of("no campaign can be read: " + shut));
  }

  Health health() {
    return desk.map(Desk::health).orElse(Health.failed(shut));
  }

  List<Meter> meters() {
    return desk.map(Desk::meters).orElse(List.of());
  }

  @Override
  public void close() {
    desk.ifPresent(Desk::close);
  }
}
