package tv.hearth.tests.contracts.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tv.hearth.api.health.HealthProbe;
import tv.hearth.api.telemetry.Meter;
import tv.hearth.api.telemetry.MeterSource;

/** Run for a bundle's meters and probe by a subclass that brings them. */
public abstract class MeterSourceContract {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+([._-][a-z0-9]+)+");
  private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final int MOST_METERS = 256;

  /** The meters. */
  protected abstract MeterSource meters();

  /** The probe. */
  protected abstract HealthProbe probe();

  /** Names are dotted, lower case, each with its labels given once; values are numbers. */
  @Test
  public void metersAreWellFormed() {
    List<Meter> read = meters().read();
    assertFalse(read.isEmpty());
    assertTrue(read.size() <= MOST_METERS, read.size() + " meters");
    Set<String> seen = new HashSet<>();
    for (Meter meter : read) {
      assertTrue(NAME.matcher(meter.name()).matches(), meter.name());
      assertTrue(Double.isFinite(meter.value()), meter.toString());
      assertTrue(meter.labels().size() <= 8, meter.toString());
      assertTrue(seen.add(meter.name() + new TreeMap<>(meter.labels())), "twice: " + meter);
    }
  }

  /** Counters never go back, and the same meters are there each time. */
  @Test
  public void countersOnlyGrow() {
    Map<String, Double> before = counters();
    Map<String, Double> after = counters();
    assertEquals(before.keySet(), after.keySet());
    before.forEach((name, value) -> assertTrue(after.get(name) >= value, name));
  }

  /** Reading is quick: a slow source is cut off. The best of some readings counts. */
  @Test
  public void readingIsQuick() {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long began = System.nanoTime();
      meters().read();
      probe().check();
      best = Math.min(best, System.nanoTime() - began);
    }
    assertTrue(best < MOST_NANOS, best + " ns");
  }

  /** A probe that is not OK says why. */
  @Test
  public void aProbeSaysWhy() {
    HealthProbe.Health health = probe().check();
    assertEquals(health.state() == HealthProbe.State.OK, health.reason().isEmpty());
  }

  private Map<String, Double> counters() {
    Map<String, Double> counters = new TreeMap<>();
    for (Meter meter : meters().read()) {
      if (meter.kind() == Meter.Kind.COUNTER) {
        counters.put(meter.name() + new TreeMap<>(meter.labels()), meter.value());
      }
    }
    return counters;
  }
}
