package tv.hearth.headend.campaign.rollout;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A campaign as far as it got. Immutable.
 *
 * @param id grows from campaign to campaign
 * @param counter of the release as it was published when this began; 0 where that is not known
 * @param stage that is open, from 0
 * @param soakSince when this stage's boxes had all ended; 0 before
 * @param started milliseconds since 1970
 * @param ended 0 while it is not
 * @param reason why it stands as it does, for people
 * @param members by box
 */
public record Campaign(
    long id,
    Plan plan,
    long counter,
    Status status,
    int stage,
    long soakSince,
    long started,
    long ended,
    String reason,
    SortedMap<String, Member> members) {
  /** How it stands. */
  public enum Status {
    /** Boxes are asked. */
    RUNNING,
    /** The operator holds it: nobody new is asked. */
    PAUSED,
    /** All boxes that are on have it; those that were off take it when they come. */
    COMPLETED,
    /** A gate stopped it. */
    STOPPED,
    /** The operator ended it. */
    ABORTED;

    /** True where it may still be paused or resumed. */
    public boolean open() {
      return this == RUNNING || this == PAUSED;
    }
  }

  /** Copies the map. */
  public Campaign {
    members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
  }

  /** The release that it rolls out. */
  public Wanted wanted() {
    return new Wanted(plan.target(), counter);
  }

  /** The key of a member's present command: no other box, attempt or campaign has it. */
  public String key(Member member) {
    return "campaign-" + id + "." + member.attempt() + "." + member.box();
  }

  /** How many members are in each state. */
  public Map<Member.State, Integer> counts() {
    Map<Member.State, Integer> counts = new EnumMap<>(Member.State.class);
    members.values().forEach(m -> counts.merge(m.state(), 1, Integer::sum));
    return counts;
  }

  /** True while a box may still take the release by it, or has not said what came of it. */
  public boolean awaitsBoxes() {
    return members.values().stream().anyMatch(m -> m.waits() || m.owes());
  }

  /** Members whose stage is open or past. */
  List<Member> reached() {
    return members.values().stream().filter(m -> m.stage() <= stage).collect(Collectors.toList());
  }

  /** Members of the open stage. */
  List<Member> ofStage() {
    return members.values().stream().filter(m -> m.stage() == stage).collect(Collectors.toList());
  }

  Campaign with(Member member) {
    SortedMap<String, Member> all = new TreeMap<>(members);
    all.put(member.box(), member);
    return new Campaign(id, plan, counter, status, stage, soakSince, started, ended, reason, all);
  }

  Campaign status(Status next, long now, String why) {
    long end = next.open() ? 0 : now;
    return new Campaign(id, plan, counter, next, stage, soakSince, started, end, why, members);
  }

  Campaign reason(String why) {
    return new Campaign(id, plan, counter, status, stage, soakSince, started, ended, why, members);
  }

  Campaign stage(int next) {
    return new Campaign(id, plan, counter, status, next, 0, started, ended, reason, members);
  }

  Campaign soak(long since) {
    return new Campaign(id, plan, counter, status, stage, since, started, ended, reason, members);
  }
}
