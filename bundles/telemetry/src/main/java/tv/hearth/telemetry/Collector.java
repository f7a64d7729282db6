package tv.hearth.telemetry;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import tv.hearth.api.health.HealthProbe;
import tv.hearth.api.telemetry.Meter;
import tv.hearth.api.telemetry.MeterSource;

/** Asks all sources, each within its time. One that throws, dawdles or says too much is named. */
final class Collector {
  /** As the API says. */
  static final int MOST_METERS = 256;

  private static final int MOST_SOURCES = 128;

  private final Sources<MeterSource> meters;
  private final Sources<HealthProbe> probes;
  private final TimedCalls calls;

  Collector(Sources<MeterSource> meters, Sources<HealthProbe> probes, TimedCalls calls) {
    this.meters = meters;
    this.probes = probes;
    this.calls = calls;
  }

  Reading read() throws InterruptedException {
    List<Meter> readings = new ArrayList<>(new JvmMeters().read());
    List<Reading.NamedHealth> health = new ArrayList<>();
    List<Reading.Trouble> troubles = new ArrayList<>();
    for (Sources.Named<MeterSource> each : first(meters.all())) {
      meters(each, readings, troubles);
    }
    for (Sources.Named<HealthProbe> each : first(probes.all())) {
      health(each, health, troubles);
    }
    return new Reading(readings, health, troubles);
  }

  private void meters(
      Sources.Named<MeterSource> source, List<Meter> readings, List<Reading.Trouble> troubles)
      throws InterruptedException {
    try {
      List<Meter> said = calls.call(source.service(), () -> List.copyOf(source.service().read()));
      readings.addAll(said.subList(0, Math.min(MOST_METERS, said.size())));
      if (said.size() > MOST_METERS) {
        troubles.add(
            trouble(source.name(), said.size() + " meters; at most " + MOST_METERS + " are taken"));
      }
    } catch (CallFailedException | TimeoutException e) {
      troubles.add(trouble(source.name(), e.getMessage()));
    }
  }

  private void health(
      Sources.Named<HealthProbe> probe,
      List<Reading.NamedHealth> health,
      List<Reading.Trouble> troubles)
      throws InterruptedException {
    try {
      health.add(
          new Reading.NamedHealth(
              probe.name(), calls.call(probe.service(), () -> probe.service().check())));
    } catch (CallFailedException | TimeoutException e) {
      troubles.add(trouble(probe.name(), e.getMessage()));
    }
  }

  private static Reading.Trouble trouble(String source, String why) {
    return new Reading.Trouble(source, why);
  }

  private static <T> List<T> first(List<T> all) {
    return all.subList(0, Math.min(MOST_SOURCES, all.size()));
  }
}
