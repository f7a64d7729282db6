package tv.hearth.headend.registry.fleet;

import java.time.Instant;
import java.util.List;
import tv.hearth.api.neighbourhood.Endpoint;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.OwnerId;
import tv.hearth.support.text.KeyIds;

/**
 * A box as the registry knows it.
 *
 * @param keys what the box holds the private halves of
 * @param sequence of the last signed endpoint record; 0 before the first
 * @param lastSeen {@link Instant#EPOCH} before the first sign of life
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
    boolean online) {

  /** Copies the list. */
  public FleetBox {
    endpoints = List.copyOf(endpoints);
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

  /** The same with newer endpoints. */
  public FleetBox at(long newSequence, List<Endpoint> newEndpoints, Instant seen) {
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
        online);
  }

  /** The same where the operator wants it to stand. */
  public FleetBox standing(MapBox.State newState, int newWeight, String newLocation) {
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
        online);
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
        state == MapBox.State.REMOVED ? List.of() : shown);
  }
}
