package tv.hearth.headend.campaign.shelf;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tv.hearth.headend.campaign.shelf.Shelf.Role;

/**
 * Tells in time that metadata will expire: boxes then take no release, though nothing is wrong with
 * it. Pure.
 *
 * @param online how long before the expiry of what the headend's own key signs
 * @param offline how long before the expiry of what people must come together to sign
 */
public record Expiry(Duration online, Duration offline) {
  /** The warnings, one a role, for the operator; empty where there is time. */
  public List<String> warnings(Map<Role, Instant> expiries, Instant now) {
    List<String> warnings = new ArrayList<>();
    expiries.forEach(
        (role, end) -> {
          if (now.plus(role.isOffline() ? offline : online).isAfter(end)) {
            warnings.add(warning(role, end, now));
          }
        });
    return warnings;
  }

  /** True where a role has expired: every box refuses every release. */
  public static boolean isOver(Map<Role, Instant> expiries, Instant now) {
    return expiries.values().stream().anyMatch(end -> !now.isBefore(end));
  }

  private static String warning(Role role, Instant end, Instant now) {
    String when =
        now.isBefore(end)
            ? "expires at " + end + ", in " + left(Duration.between(now, end))
            : "expired at " + end + ": boxes take no release";
    return "the releases' " + role + " metadata " + when + "; " + remedy(role);
  }

  private static String left(Duration left) {
    return left.toDays() > 0 ? left.toDays() + " days" : left.toHours() + " hours";
  }

  private static String remedy(Role role) {
    switch (role) {
      case ROOT:
        return "sign a new root: hearth release rotate, sign, publish";
      case TARGETS:
        return "sign the targets anew: hearth release build, sign, publish";
      default:
        return "run hearth release publish, and from a timer";
    }
  }
}
