package tv.hearth.headend.registry.fleet;

import java.time.Instant;

/**
 * Why a box is no member any more.
 *
 * @param since when that began; for a member when it was admitted again, or the epoch
 */
public record Departure(Why why, Instant since) {
  /** A member that never was anything else. */
  public static final Departure NONE = new Departure(Why.MEMBER, Instant.EPOCH);

  /** How it came about; the names are stored. */
  public enum Why {
    /** It is a member. */
    MEMBER,
    /** The operator removed it: it comes back by the operator alone. */
    OPERATOR,
    /** It was silent for longer than the operator allows: it comes back by itself, by renewing. */
    SILENT,
    /** It can't read the neighbourhood's level: it comes back by itself, once it was updated. */
    BEHIND,
    /** Another box took its place, with a claim that names it: it does not come back. */
    REPLACED;

    /** By its stored name; a newer release's reason is the strictest that this one knows. */
    public static Why of(String name) {
      for (Why why : values()) {
        if (why.name().equals(name)) {
          return why;
        }
      }
      return OPERATOR;
    }
  }
}
