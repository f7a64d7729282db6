package tv.hearth.api.neighbourhood;

import java.util.List;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.OwnerId;

/**
 * A box as the map shows it.
 *
 * @param signingKey SubjectPublicKeyInfo (DER, Ed25519) of its current identity key
 * @param exchangeKey raw X25519 public key, 32 bytes
 * @param household whose box it is
 * @param householdKey SubjectPublicKeyInfo (DER, Ed25519) of the household's signing key
 * @param location where it hangs in the access network, an ALTO PID (RFC 7285)
 * @param weight its share of pieces relative to others, 0…65535; 0 holds nothing
 * @param endpoints where it could be reached when the map was made, best first
 * @param behind true for one that is removed because its software can't read the neighbourhood's
 *     level: once it is updated it is a member again
 */
public record MapBox(
    BoxId id,
    Bytes signingKey,
    Bytes exchangeKey,
    OwnerId household,
    Bytes householdKey,
    String location,
    int weight,
    State state,
    String model,
    List<Endpoint> endpoints,
    boolean behind) {

  /** A box's standing in its neighbourhood. */
  public enum State {
    /** Stores and reads. */
    ACTIVE,
    /** Reads and puts, holds nothing for others: the operator's ingest nodes. */
    INGEST,
    /** Gives its pieces away before it goes; takes no new ones. */
    LEAVING,
    /** No member any more. Kept in the map so that its pieces are known to be lost. */
    REMOVED
  }

  /** Copies the list; throws {@link IllegalArgumentException} for a weight out of range. */
  public MapBox {
    endpoints = List.copyOf(endpoints);
    if (weight < 0 || weight > 65_535) {
      throw new IllegalArgumentException("weight out of 0…65535: " + weight);
    }
  }

  /** A box that is not behind. */
  public MapBox(
      BoxId id,
      Bytes signingKey,
      Bytes exchangeKey,
      OwnerId household,
      Bytes householdKey,
      String location,
      int weight,
      State state,
      String model,
      List<Endpoint> endpoints) {
    this(
        id,
        signingKey,
        exchangeKey,
        household,
        householdKey,
        location,
        weight,
        state,
        model,
        endpoints,
        false);
  }

  /** True where new pieces may be placed on it. */
  public boolean takesPieces() {
    return state == State.ACTIVE && weight > 0;
  }

  /** True where it may speak with the headend: members, and those that are to be updated first. */
  public boolean isServed() {
    return isMember() || behind;
  }

  /** True where it may speak with its neighbours. */
  public boolean isMember() {
    return state != State.REMOVED;
  }
}
