package tv.hearth.headend.registry.map;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.time.Instant;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.headend.registry.fleet.Departure;
import tv.hearth.headend.registry.fleet.FleetBox;
import tv.hearth.headend.registry.operator.Credentials;
import tv.hearth.headend.registry.operator.Delegations;
import tv.hearth.headend.registry.pki.Ed25519Keys;
import tv.hearth.headend.registry.store.FleetStore;
import tv.hearth.headend.registry.store.MapStore;
import tv.hearth.support.record.DelegationRecord;
import tv.hearth.support.record.EnrolAnswer;
import tv.hearth.support.record.MapRecord;
import tv.hearth.support.record.RecordException;
import tv.hearth.support.record.SignedMap;

/**
 * Refills an empty registry from the last signed map, which every box and the broker keep: so a
 * neighbourhood outlives its headend's disk. The operator puts the map where the credentials are.
 */
public final class Recovery {
  private static final System.Logger LOG = System.getLogger(Recovery.class.getName());

  private Recovery() {}

  /**
   * Refills where the registry is empty and there is a map to take; returns how many boxes.
   *
   * @throws RecordException where the map is not this operator's or not of this neighbourhood
   */
  public static int run(Credentials credentials, FleetStore fleet, MapStore maps, Instant now)
      throws IOException, RecordException {
    Path file = credentials.recoveryMap();
    if (!Files.exists(file) || !fleet.boxes().isEmpty()) {
      return 0;
    }
    if (Files.size(file) > EnrolAnswer.MAX) {
      throw new RecordException(file + " is larger than a map can be");
    }
    byte[] message = Files.readAllBytes(file);
    BoxMap map = verified(message, credentials);
    fleet.transaction(
        () -> {
          maps.put(new MapStore.Stored(map.epoch(), map.version(), message));
          map.boxes().forEach(box -> fleet.put(row(box, now)));
          return null;
        });
    LOG.log(System.Logger.Level.INFO, "took " + map.boxes().size() + " boxes from " + file);
    return map.boxes().size();
  }

  private static BoxMap verified(byte[] message, Credentials credentials) throws RecordException {
    SignedMap signed = SignedMap.decode(message);
    PublicKey root = credentials.anchor().getPublicKey();
    DelegationRecord delegation = Delegations.verify(signed.delegation(), root);
    try {
      PublicKey mapKey = Ed25519Keys.publicKey(delegation.mapKey().toArray());
      byte[] payload = Delegations.payload(signed.map(), MapRecord.TYPE, mapKey);
      BoxMap map = MapRecord.decode(payload, delegation);
      if (!map.neighbourhood().equals(credentials.neighbourhood())) {
        throw new RecordException("a map of neighbourhood " + map.neighbourhood());
      }
      return map;
    } catch (GeneralSecurityException e) {
      throw new RecordException("the delegation names no Ed25519 key", e);
    }
  }

  /** Whom the map shows as removed comes back by the operator alone, unless it was left behind. */
  private static FleetBox row(MapBox box, Instant now) {
    FleetBox row = member(box, now);
    Departure.Why why = box.behind() ? Departure.Why.BEHIND : Departure.Why.OPERATOR;
    return box.isMember() ? row : row.removed(why, now);
  }

  private static FleetBox member(MapBox box, Instant now) {
    return new FleetBox(
        box.id(),
        new FleetBox.Keys(box.signingKey(), box.exchangeKey(), box.householdKey()),
        box.model(),
        box.location(),
        box.weight(),
        box.state(),
        0,
        box.endpoints(),
        now,
        Instant.EPOCH,
        false);
  }
}
