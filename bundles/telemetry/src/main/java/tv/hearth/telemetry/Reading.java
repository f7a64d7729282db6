package tv.hearth.telemetry;

import java.util.List;
import tv.hearth.api.health.HealthProbe.Health;
import tv.hearth.api.telemetry.Meter;

/**
 * What the sources said at one time.
 *
 * @param meters in the order of the sources
 * @param health of each probe
 * @param troubles sources that were cut off or left out, and why
 */
record Reading(List<Meter> meters, List<NamedHealth> health, List<Trouble> troubles) {
  /** Copies the lists. */
  Reading {
    meters = List.copyOf(meters);
    health = List.copyOf(health);
    troubles = List.copyOf(troubles);
  }

  /** How a bundle is. */
  record NamedHealth(String name, Health health) {}

  /** A source that misbehaved. */
  record Trouble(String source, String why) {}
}
