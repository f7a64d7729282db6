package tv.hearth.api.update;

import java.util.Map;
import java.util.Optional;

/**
 * An update, as far as it got.
 *
 * @param id the caller's
 * @param target the release asked for
 * @param phase where it is
 * @param failure why it did not do; empty while it runs and where it succeeded
 * @param reason for people: what failed and the remedy; empty where nothing did
 * @param startedMillis since 1970
 * @param endedMillis since 1970; 0 while it runs
 * @param originBytes payload bytes fetched from the headend
 * @param neighbourBytes payload bytes fetched from neighbours
 * @param gapMillis how long each switched bundle's services were away, by symbolic name
 * @param ailing what is wrong with the set that the box went back to, as its health was watched
 *     afterwards; empty where it is well, or where the box did not go back
 */
public record Operation(
    String id,
    String target,
    Phase phase,
    Optional<UpdateException.Problem> failure,
    String reason,
    long startedMillis,
    long endedMillis,
    long originBytes,
    long neighbourBytes,
    Map<String, Long> gapMillis,
    String ailing) {
  /** Copies the map. */
  public Operation {
    gapMillis = Map.copyOf(gapMillis);
  }

  /** One of which nothing ailing is known. */
  public Operation(
      String id,
      String target,
      Phase phase,
      Optional<UpdateException.Problem> failure,
      String reason,
      long startedMillis,
      long endedMillis,
      long originBytes,
      long neighbourBytes,
      Map<String, Long> gapMillis) {
    this(
        id,
        target,
        phase,
        failure,
        reason,
        startedMillis,
        endedMillis,
        originBytes,
        neighbourBytes,
        gapMillis,
        "");
  }

  /** True once nothing more will happen to it. */
  public boolean ended() {
    return phase == Phase.COMMITTED || phase == Phase.FAILED || phase == Phase.ROLLED_BACK;
  }

  /** Its steps. */
  public enum Phase {
    /** Signed metadata is being refreshed. */
    REFRESHING,
    /** The new set is being resolved, dry. */
    PLANNING,
    /** Payloads are being fetched. */
    FETCHING,
    /** What was fetched is being checked. */
    VERIFYING,
    /** Bundles are being exchanged. */
    SWITCHING,
    /** Health is being watched. */
    WATCHING,
    /** On its way back to the set before. */
    ROLLING_BACK,
    /** Done: the new set is the good one. */
    COMMITTED,
    /** Ended before anything was switched. */
    FAILED,
    /** Ended with the set before it, whose health was watched as the trial's was. */
    ROLLED_BACK
  }
}
