package tv.hearth.headend.registry.map;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.headend.registry.fleet.MapBuilder;
import tv.hearth.headend.registry.operator.Credentials;
import tv.hearth.headend.registry.store.FleetStore;
import tv.hearth.headend.registry.store.MapStore;
import tv.hearth.headend.registry.store.RegistryException;
import tv.hearth.support.level.Levels;
import tv.hearth.support.record.MapRecord;
import tv.hearth.support.record.RecordException;

/**
 * The present map. A new one is made where the fleet shows differently, the epoch was raised, or
 * half of its life is over; its version is durable before it leaves. Thread-safe.
 */
public final class MapKeeper {
  private final MapSigner signer;
  private final FleetStore fleet;
  private final MapStore store;
  private final Duration life;
  private final Levels known;
  private volatile Current current;
  private volatile int level;

  /**
   * Takes the last map up.
   *
   * @param life from making a map to its expiry
   * @param known which levels this software reads and writes
   * @throws RecordException where the registry has a map of a higher epoch than the credentials, or
   *     of a level that is not known
   */
  public MapKeeper(
      Credentials credentials, FleetStore fleet, MapStore store, Duration life, Levels known)
      throws RecordException {
    this.known = known;
    this.signer = new MapSigner(credentials);
    this.fleet = fleet;
    this.store = store;
    this.life = life;
    this.current = last();
  }

  private Current last() throws RecordException {
    Optional<MapStore.Stored> stored = store.last();
    level = Levels.FIRST;
    if (stored.isEmpty()) {
      return new Current(0, new byte[0], Optional.empty());
    }
    int epoch = stored.get().epoch();
    if (epoch > signer.epoch()) {
      throw new RecordException(
          "the registry's map is of epoch "
              + epoch
              + ", the credentials of "
              + signer.epoch()
              + ": give the headend the newest credentials");
    }
    byte[] signed = stored.get().signed();
    level = signer.level(signed);
    if (!known.has(level)) {
      throw new RecordException(
          "the neighbourhood is at level "
              + level
              + ", this headend's software knows "
              + known
              + ": install the release that raised it, or a newer one");
    }
    Optional<BoxMap> map =
        signer.isOwn(signed) ? Optional.of(signer.read(signed)) : Optional.empty();
    return new Current(stored.get().version(), signed, map);
  }

  /** Which levels this software reads and writes. */
  public Levels known() {
    return known;
  }

  /** The neighbourhood's level. */
  public int level() {
    return level;
  }

  /**
   * Raises the level; the map that {@link #rebuild} makes next shows it.
   *
   * @throws IllegalArgumentException where it would fall, or is not known here
   */
  public synchronized void raise(int to) {
    if (to < level || !known.has(to)) {
      throw new IllegalArgumentException("no raise from level " + level + " to " + to);
    }
    level = to;
  }

  /** Makes a new map where one is due; returns whether it did. */
  public synchronized boolean rebuild(Instant now) {
    List<MapBox> boxes = MapBuilder.boxes(fleet.boxes(), now);
    if (!isDue(boxes, now)) {
      return false;
    }
    long version = next();
    Instant expires = Instant.ofEpochSecond(now.plus(life).getEpochSecond());
    byte[] signed = signer.sign(version, expires, boxes, level);
    store.put(new MapStore.Stored(signer.epoch(), version, signed));
    try {
      current = new Current(version, signed, Optional.of(signer.read(signed)));
    } catch (RecordException e) {
      throw new IllegalStateException("the map that was just made can't be read", e);
    }
    return true;
  }

  /**
   * Versions go on over epochs, but one that a thief drove to its end does not bind the next epoch.
   */
  private long next() {
    if (current.version < MapRecord.MOST_VERSION) {
      return current.version + 1;
    }
    if (current.map.isPresent()) {
      throw new RegistryException(
          "the map's versions are used up, by whoever stole the map key: raise the epoch with"
              + " 'hearth operator raise-epoch'",
          null);
    }
    return 1;
  }

  private boolean isDue(List<MapBox> boxes, Instant now) {
    return current
        .map
        .filter(map -> map.boxes().equals(boxes) && map.level() == level)
        .filter(map -> now.isBefore(map.expires().minus(life.dividedBy(2))))
        .isEmpty();
  }

  /** The present map; empty before the first of this epoch. */
  public Optional<BoxMap> map() {
    return current.map;
  }

  /** Its message; empty before the first. Not to be changed. */
  public byte[] signed() {
    return current.signed;
  }

  private static final class Current {
    final long version;
    final byte[] signed;
    final Optional<BoxMap> map;

    Current(long version, byte[] signed, Optional<BoxMap> map) {
      this.version = version;
      this.signed = signed;
      this.map = map;
    }
  }
}
