package tv.hearth.api.update;

import java.util.List;

/**
 * A set of bundles that were signed together.
 *
 * @param target name among the signed targets; empty for the firmware's own set
 * @param name e.g. {@code hearth-box}
 * @param version as its makers count
 * @param counter only grows over a fleet's life; 0 for the firmware's own set
 */
public record Release(String target, String name, String version, long counter, List<Unit> units) {
  /** Copies the list. */
  public Release {
    units = List.copyOf(units);
  }
}
