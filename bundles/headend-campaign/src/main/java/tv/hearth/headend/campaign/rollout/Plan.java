package tv.hearth.headend.campaign.rollout;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What a campaign is to do; never changes.
 *
 * @param kind forth to a newer release, or back to an older one that was signed anew
 * @param target the release's name among the signed targets
 * @param groups whom it is for; a box of several counts once
 * @param stages growing shares of the chosen boxes in percent, the last 100; the first is the
 *     canary
 * @param soakMillis how long a stage is watched after its boxes have taken the release
 * @param concurrency boxes that update at once, 1…10,000
 * @param patienceMillis after which a box that was asked and says nothing has failed
 * @param seed decides which boxes are chosen and which come first
 */
public record Plan(
    Kind kind,
    String target,
    List<Group> groups,
    List<Integer> stages,
    long soakMillis,
    int concurrency,
    long patienceMillis,
    long seed,
    Gates gates) {
  private static final Pattern TARGET =
      Pattern.compile(
          "release/[A-Za-z0-9][A-Za-z0-9._-]{0,127}/[A-Za-z0-9][A-Za-z0-9._-]{0,127}\\.json");
  private static final long DAY = 86_400_000;

  /** Which way. */
  public enum Kind {
    /** To a newer release. */
    UPDATE,
    /** To a release that takes a fleet back. */
    ROLLBACK
  }

  /** Throws {@link IllegalArgumentException} for values that can't be. */
  public Plan {
    groups = List.copyOf(groups);
    stages = List.copyOf(stages);
    need(TARGET.matcher(target).matches(), "a release is release/NAME/VERSION.json, not " + target);
    need(!groups.isEmpty() && groups.size() <= 64, "a campaign has 1…64 groups");
    need(!stages.isEmpty() && stages.size() <= 32, "a campaign has 1…32 stages");
    int before = 0;
    for (int stage : stages) {
      need(stage > before && stage <= 100, "stages grow, from 1 % to 100 %: " + stages);
      before = stage;
    }
    need(before == 100, "the last stage is 100 %: " + stages);
    need(soakMillis >= 0 && soakMillis <= 7 * DAY, "the health window is 0…604,800 s");
    need(concurrency >= 1 && concurrency <= 10_000, "1…10,000 boxes update at once");
    need(patienceMillis >= 1000 && patienceMillis <= DAY, "the patience is 1…86,400 s");
  }

  private static void need(boolean good, String what) {
    if (!good) {
      throw new IllegalArgumentException(what);
    }
  }
}
