package tv.hearth.headend.campaign.usp;

import tv.hearth.api.update.UpdateException;
import tv.hearth.headend.campaign.rollout.Answer.Outcome;
import tv.hearth.usp.message.UspError;

/**
 * What a failed command means for a campaign. Our own agents put {@link UpdateException.Problem}'s
 * name before the message ({@code UNHEALTHY: …}); of others the standard's code must do.
 */
final class Faults {
  private static final int REQUEST_DENIED = 7002;
  private static final int INTERNAL = 7003;
  private static final int RESOURCES = 7005;
  private static final int AILING = 7800;
  private static final int UNREACHABLE_FIRST = 7032;
  private static final int UNREACHABLE_LAST = 7037;

  /** By its name: boxes of other versions may know it before or after this headend does. */
  private static final String EXPIRED = "EXPIRED";

  /** How an agent of ours begins what is wrong with the set that it went back to. */
  private static final String BUT = "went back, but: ";

  private Faults() {}

  /** For people; of a box that went back to what is not well that comes first. */
  static String reason(int code, String message) {
    int but = code == AILING ? message.indexOf(BUT) : -1;
    return but < 0 ? code + " " + message : message.substring(but + BUT.length());
  }

  static Outcome outcome(int code, String message) {
    if (code == AILING) {
      return Outcome.BACK_AILING; // whatever it went back for
    }
    String name = message.split(":", 2)[0].strip();
    if (name.equals(EXPIRED)) {
      return Outcome.EXPIRED;
    }
    for (UpdateException.Problem problem : UpdateException.Problem.values()) {
      if (problem.name().equals(name)) {
        return outcome(problem);
      }
    }
    if (code == RESOURCES) {
      return Outcome.BUSY;
    }
    if (code >= UNREACHABLE_FIRST && code <= UNREACHABLE_LAST) {
      return Outcome.UNREACHABLE;
    }
    return code == REQUEST_DENIED || code == INTERNAL ? Outcome.LATER : Outcome.FAILED;
  }

  private static Outcome outcome(UpdateException.Problem problem) {
    switch (problem) {
      case BUSY:
        return Outcome.BUSY;
      case UNREACHABLE:
      case DOWNLOAD:
        return Outcome.UNREACHABLE;
      case UNKNOWN_TARGET:
        return Outcome.LATER;
      case CANCELLED:
        return Outcome.CANCELLED;
      case UNTRUSTED:
        return Outcome.UNTRUSTED;
      case NOT_APPLICABLE:
        return Outcome.NOT_FOR_IT;
      case BUNDLE:
      case UNHEALTHY:
        return Outcome.ROLLED_BACK;
      default:
        return Outcome.FAILED;
    }
  }

  static Outcome outcome(UspError error) {
    return outcome(error.code(), error.message());
  }
}
