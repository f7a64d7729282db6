package tv.hearth.support.release;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cbor.CborMap;

/**
 * A set of bundles that belong together: a release, or what the firmware came with.
 *
 * @param target its name among the signed targets; empty for the firmware's
 * @param counter of the release; 0 for the firmware's
 * @param windowSeconds how long its health is watched
 * @param units sorted by start order, then name
 * @param configurations JSON objects by PID
 */
public record SetRecord(
    String target,
    String name,
    String version,
    long counter,
    int windowSeconds,
    List<UnitRecord> units,
    Map<String, String> configurations) {
  /** Most bundles of a set. */
  public static final int MOST_UNITS = 256;

  private static final int MOST_NAME = 400;
  private static final int MOST_CONFIGURATION = 1 << 16;

  /** Copies and sorts. */
  public SetRecord {
    List<UnitRecord> sorted = new ArrayList<>(units);
    sorted.sort(Comparator.comparingInt(UnitRecord::order).thenComparing(UnitRecord::symbolicName));
    units = List.copyOf(sorted);
    configurations = Map.copyOf(configurations);
  }

  /** The bundle of that symbolic name. */
  public Optional<UnitRecord> unit(String symbolicName) {
    return units.stream().filter(u -> u.symbolicName().equals(symbolicName)).findAny();
  }

  /** True for what the firmware came with, which the firmware itself brings back. */
  public boolean isFirmware() {
    return counter == 0;
  }

  /** With other units. */
  public SetRecord with(List<UnitRecord> others) {
    return new SetRecord(target, name, version, counter, windowSeconds, others, configurations);
  }

  CborMap toCbor() {
    CborMap configs = new CborMap();
    new TreeMap<>(configurations).forEach(configs::put);
    return new CborMap()
        .put("target", target)
        .put("name", name)
        .put("version", version)
        .put("counter", counter)
        .put("window", windowSeconds)
        .putMaps("units", units.stream().map(UnitRecord::toCbor).toList())
        .putTexts("pids", new ArrayList<>(new TreeMap<>(configurations).keySet()))
        .put("configurations", configs);
  }

  static SetRecord of(CborMap map) throws CborException {
    List<UnitRecord> units = new ArrayList<>();
    for (CborMap unit : map.maps("units", MOST_UNITS)) {
      units.add(UnitRecord.of(unit));
    }
    CborMap configs = map.map("configurations");
    Map<String, String> configurations = new TreeMap<>();
    for (String pid : map.texts("pids", MOST_UNITS, MOST_NAME)) {
      configurations.put(pid, configs.text(pid, MOST_CONFIGURATION));
    }
    return new SetRecord(
        map.text("target", MOST_NAME),
        map.text("name", MOST_NAME),
        map.text("version", MOST_NAME),
        map.number("counter", 0, Long.MAX_VALUE),
        map.integer("window", 0, 86_400),
        units,
        configurations);
  }
}
