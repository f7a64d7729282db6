package tv.hearth.headend.registry.fleet;

import java.time.Instant;
import java.util.List;
import tv.hearth.api.neighbourhood.Endpoint;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.OwnerId;
import tv.hearth.support.level.Levels;
import tv.hearth.support.text.KeyIds;

/**
 * A box as the registry knows it.
 *
 * @param keys what the box holds the private halves of
 * @param sequence of the last signed endpoint record; 0 before the first
 * @param lastSeen {@link Instant#EPOCH} before the first sign of life
 * @param departure why it is no member, where it is none
 * @param reads the greatest level that its software reads, as it said last; 1 before it said any
 */
public record FleetBox(
    BoxId id,
    Keys keys,
    String model,
    String location,
    int weight,
    MapBox.State state,
    long sequence,
    List<Endpoint> endpoints,
    Instant enrolled,
    Instant lastSeen,
    boolean online,
    Departure departure,
    int reads) {

  /** Copies the list. */
  public FleetBox {
    endpoints = List.copyOf(endpoints);
  }

  /** A box that never left. */
  public FleetBox(
      BoxId id,
      Keys keys,
      String model,
      String location,
      int weight,
      MapBox.State state,
      long sequence,
      List<Endpoint> endpoints,
      Instant enrolled,
      Instant lastSeen,
      boolean online) {
    this(
        id,
        keys,
        model,
        location,
        weight,
        state,
        sequence,
        endpoints,
        enrolled,
        lastSeen,
        online,
        Departure.NONE,
        Levels.FIRST);
  }

  /** True where it may speak with its neighbours. */
  public boolean isMember() {
    return state != MapBox.State.REMOVED;
  }

  /** True where it may speak with the headend: members, and those that are to be updated first. */
  public boolean isServed() {
    return isMember() || departure.why() == Departure.Why.BEHIND;
  }

  /** True where it was left behind and its software now reads that level. */
  public boolean hasCaughtUp(int level) {
    return departure.why() == Departure.Why.BEHIND && reads >= level;
  }

  /**
   * A box's public keys.
   *
   * @param signing SubjectPublicKeyInfo
   * @param exchange raw X25519
   * @param household SubjectPublicKeyInfo
   */
  public record Keys(Bytes signing, Bytes exchange, Bytes household) {}

  /** Whose records it may sign for. */
  public OwnerId household() {
    return new OwnerId(KeyIds.of(keys.household().toArray()));
  }

  /** The same with newer endpoints, and what its software reads now. */
  public FleetBox at(long newSequence, List<Endpoint> newEndpoints, int newReads, Instant seen) {
    return new FleetBox(
        id,
        keys,
        model,
        location,
        weight,
        state,
        newSequence,
        newEndpoints,
        enrolled,
        seen,
        online,
        departure,
        newReads);
  }

  /** The same with another weight and location. */
  public FleetBox standing(int newWeight, String newLocation) {
    return standing(state, newWeight, newLocation, departure);
  }

  /** The same, in a state of members; one that was none is one again. */
  public FleetBox admitted(MapBox.State newState, Instant now) {
    Departure back = isMember() ? departure : new Departure(Departure.Why.MEMBER, now);
    return standing(newState, weight, location, back);
  }

  /** The same, no member any more. */
  public FleetBox removed(Departure.Why why, Instant now) {
    return standing(MapBox.State.REMOVED, weight, location, new Departure(why, now));
  }

  private FleetBox standing(
      MapBox.State newState, int newWeight, String newLocation, Departure newDeparture) {
    return new FleetBox(
        id,
        keys,
        model,
        newLocation,
        newWeight,
        newState,
        sequence,
        endpoints,
        enrolled,
        lastSeen,
        online,
        newDeparture,
        reads);
  }

  /** As the map shows it. */
  MapBox toMapBox(int mostEndpoints) {
    List<Endpoint> shown = endpoints.subList(0, Math.min(mostEndpoints, endpoints.size()));
    return new MapBox(
        id,
        keys.signing(),
        keys.exchange(),
        household(),
        keys.household(),
        location,
        weight,
        state,
        model,
        isMember() ? shown : List.of(),
        departure.why() == Departure.Why.BEHIND);
  }
}
