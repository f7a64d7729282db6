package tv.hearth.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tv.hearth.api.health.HealthProbe.Health;
import tv.hearth.api.pieces.StoreException.Problem;
import tv.hearth.api.telemetry.Meter;

/** A storage's meters and health, from what it knows without touching the disk. */
final class StorageReadings {
  private final Storage storage;

  StorageReadings(Storage storage) {
    this.storage = storage;
  }

  List<Meter> meters() {
    Counters counters = storage.counters();
    Room room = storage.room();
    List<Meter> meters =
        new ArrayList<>(
            List.of(
                Meter.gauge("storage.pieces.count", room.pieces()),
                Meter.gauge("storage.used.bytes", room.used()),
                Meter.gauge("storage.reserved.bytes", room.reserved()),
                Meter.gauge("storage.budget.bytes", room.budget()),
                Meter.gauge("storage.quarantine.bytes", storage.quarantine().bytes()),
                Meter.gauge("storage.records.count", storage.recordStore().held().records()),
                Meter.gauge("storage.records.bytes", storage.recordStore().held().bytes()),
                Meter.counter("storage.read.bytes", counters.readBytes()),
                Meter.counter("storage.written.bytes", counters.writtenBytes()),
                Meter.counter("storage.damaged.count", storage.quarantine().taken()),
                Meter.counter("storage.expired.count", counters.expired()),
                Meter.counter("storage.rebuilt.count", storage.rebuilt())));
    for (Problem problem : Problem.values()) {
      String name = problem.name().toLowerCase(Locale.ROOT);
      meters.add(
          new Meter(
              "storage.problems.count",
              Meter.Kind.COUNTER,
              counters.problems(problem),
              Map.of("problem", name)));
    }
    return meters;
  }

  Health health() {
    if (storage.isClosed()) {
      return Health.failed("storage is stopped");
    }
    if (storage.counters().isReadOnly()) {
      return Health.failed("the disk can't be written; remount or check it");
    }
    if (!storage.indexTrouble().isEmpty()) {
      return Health.failed("the index of the pieces: " + storage.indexTrouble());
    }
    if (!storage.diskTrouble().isEmpty()) {
      return Health.failed(storage.diskTrouble());
    }
    if (!storage.recordsTrouble().isEmpty()) {
      return Health.degraded(storage.recordsTrouble());
    }
    if (storage.isRecordsLost()) {
      return Health.degraded("the records were broken and begun anew; neighbours bring them back");
    }
    long damaged = storage.quarantine().taken();
    return damaged == 0
        ? Health.OK
        : Health.degraded(damaged + " pieces damaged or missing since the start; check the disk");
  }
}
