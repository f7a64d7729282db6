package tv.hearth.membership.map;

import java.time.Instant;
import tv.hearth.membership.map.MapRefusedException.Problem;

/**
 * Which verified map may follow on which: epochs never fall; within an epoch neither the
 * delegation's version nor the map's does; one version has one content; the level never falls, over
 * epochs neither, for what was written at it stays. Pure.
 */
public final class MapRules {
  private MapRules() {}

  /**
   * True where {@code next} is to replace {@code present}; false where they are the same map.
   *
   * @param present null before the first
   * @throws MapRefusedException where it must not
   */
  public static boolean replaces(VerifiedMap present, VerifiedMap next, String name, Instant now)
      throws MapRefusedException {
    if (!next.map().neighbourhood().equals(name)) {
      throw new MapRefusedException(
          Problem.FOREIGN,
          "a map of neighbourhood " + next.map().neighbourhood() + ", this box is in " + name);
    }
    if (present != null && present.message().equals(next.message())) {
      return false;
    }
    if (!now.isBefore(next.delegation().expires())) {
      throw new MapRefusedException(
          Problem.EXPIRED_DELEGATION,
          "the root's delegation expired at "
              + next.delegation().expires()
              + ": the operator must sign a new one");
    }
    if (present != null && next.map().level() < present.map().level()) {
      throw rollback("level", next.map().level(), present.map().level());
    }
    if (present == null || next.map().epoch() > present.map().epoch()) {
      return true;
    }
    return follows(present, next);
  }

  private static boolean follows(VerifiedMap present, VerifiedMap next) throws MapRefusedException {
    if (next.map().epoch() < present.map().epoch()) {
      throw rollback("epoch", next.map().epoch(), present.map().epoch());
    }
    if (next.delegation().version() < present.delegation().version()) {
      throw rollback("delegation", next.delegation().version(), present.delegation().version());
    }
    if (next.map().version() < present.map().version()) {
      throw rollback("map version", next.map().version(), present.map().version());
    }
    if (next.map().version() == present.map().version()) {
      throw new MapRefusedException(
          Problem.ROLLBACK, "another map under the present version " + next.map().version());
    }
    return true;
  }

  private static MapRefusedException rollback(String what, long found, long present) {
    return new MapRefusedException(
        Problem.ROLLBACK, what + " " + found + " is before the present " + present);
  }
}
