package tv.hearth.api.telemetry;

import java.util.List;

/** Whiteboard: a bundle that has meters registers one. Thread-safe, quick, never blocks. */
public interface MeterSource {
  /** The readings now; at most 256. */
  List<Meter> read();
}
