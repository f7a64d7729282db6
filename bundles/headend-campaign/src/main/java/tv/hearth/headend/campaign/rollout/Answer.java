package tv.hearth.headend.campaign.rollout;

import java.util.Optional;

/**
 * What a box says of a command.
 *
 * @param box that said it, as the broker knows it
 * @param key of the command
 * @param reason for people; empty where all is well
 * @param runs the release that it runs, where it said so
 */
public record Answer(
    String box, String key, Outcome outcome, String reason, Optional<Wanted> runs) {
  private static final int MOST = 600;

  /** Cuts the reason: it comes from outside. */
  public Answer {
    reason = reason.length() > MOST ? reason.substring(0, MOST) : reason;
  }

  /** One that does not say what the box runs. */
  public Answer(String box, String key, Outcome outcome, String reason) {
    this(box, key, outcome, reason, Optional.empty());
  }

  /** The same, held against what was wanted: done is what runs these very bytes. */
  Answer against(Wanted wanted) {
    if (outcome != Outcome.DONE || runs.isEmpty() || runs.get().is(wanted)) {
      return this;
    }
    String said = "it says that it is done, and runs " + runs.get() + ", not " + wanted;
    return new Answer(box, key, Outcome.FAILED, said, runs);
  }

  /** What became of it. */
  public enum Outcome {
    /** Taken up; the end follows. */
    ACCEPTED,
    /** The box runs the release. */
    DONE,
    /** It did not do, and the box is as it was. */
    FAILED,
    /** It was switched, failed its health, and is as it was. */
    ROLLED_BACK,
    /** It was switched and went back, and what it went back to is not well: somebody must look. */
    BACK_AILING,
    /** Another operation runs there. */
    BUSY,
    /** It does not get at the repository, or not at the whole of what it asks for. */
    UNREACHABLE,
    /** The repository's metadata has expired, by the box's clock. */
    EXPIRED,
    /** Not now for another reason, such as a repository that does not have it yet. */
    LATER,
    /** It ended because it was asked to, and the box is as it was. */
    CANCELLED,
    /** Not signed by the release keys, or not what they signed. */
    UNTRUSTED,
    /** Not for this model, or not newer. */
    NOT_FOR_IT
  }
}
