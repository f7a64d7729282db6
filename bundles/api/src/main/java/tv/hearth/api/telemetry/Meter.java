package tv.hearth.api.telemetry;

import java.util.Map;

/**
 * One reading.
 *
 * @param name dotted, lower case, with the unit at its end: {@code transfer.sent.bytes}
 * @param kind whether it only grows, or goes up and down
 * @param labels few and bounded in number; never names of objects or peers
 */
public record Meter(String name, Kind kind, double value, Map<String, String> labels) {
  /** How to read a value. */
  public enum Kind {
    /** Grows from the bundle's start. */
    COUNTER,
    /** As it is now. */
    GAUGE
  }

  /** Copies the labels. */
  public Meter {
    labels = Map.copyOf(labels);
  }

  /** A counter without labels. */
  public static Meter counter(String name, double value) {
    return new Meter(name, Kind.COUNTER, value, Map.of());
  }

  /** A gauge without labels. */
  public static Meter gauge(String name, double value) {
    return new Meter(name, Kind.GAUGE, value, Map.of());
  }
}
