package tv.hearth.headend.campaign.service;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tv.hearth.headend.campaign.rollout.Action;
import tv.hearth.headend.campaign.rollout.Answer;
import tv.hearth.headend.campaign.rollout.Campaign;
import tv.hearth.headend.campaign.rollout.Campaign.Status;
import tv.hearth.headend.campaign.rollout.Member;
import tv.hearth.headend.campaign.rollout.Plan;
import tv.hearth.headend.campaign.rollout.Rollout;
import tv.hearth.headend.campaign.rollout.Rollout.Step;
import tv.hearth.headend.campaign.rollout.Selection;
import tv.hearth.headend.campaign.rollout.Telemetry;
import tv.hearth.headend.campaign.service.CampaignException.Problem;
import tv.hearth.headend.campaign.store.CampaignStore;

/**
 * The campaigns of a neighbourhood. Each step is on disk before a box hears of it, so that it may
 * be stopped at any moment; what boxes did not hear they are told again. One campaign is open at a
 * time; earlier ones that completed go on for boxes that were off. Thread-safe by one lock.
 */
public final class Campaigns {
  /** Campaigns older than this many are history: nobody catches up to them. */
  private static final int LIVE = 32;

  private final CampaignStore store;
  private final Fleet fleet;
  private final Telemetry telemetry;
  private final BoxLine line;
  private final LongSupplier clock;
  private final Releases releases;
  private final TreeMap<Long, Campaign> live = new TreeMap<>();

  /**
   * Takes up what the store holds.
   *
   * @param clock milliseconds since 1970
   * @param releases is asked before a campaign begins
   */
  public Campaigns(
      CampaignStore store,
      Fleet fleet,
      Telemetry telemetry,
      BoxLine line,
      LongSupplier clock,
      Releases releases) {
    this.store = store;
    this.releases = releases;
    this.fleet = fleet;
    this.telemetry = telemetry;
    this.line = line;
    this.clock = clock;
    store.newest(LIVE).forEach(campaign -> live.put(campaign.id(), campaign));
  }

  /** The campaign that is open, in words; empty where none is. */
  public synchronized Optional<String> underWay() {
    return live.values().stream()
        .filter(campaign -> campaign.status().open())
        .map(campaign -> "campaign " + campaign.id() + " is open")
        .findFirst();
  }

  /** Begins a campaign; it is on disk when this returns. */
  public Campaign begin(Plan plan, String who) throws CampaignException {
    long counter = releases.counter(plan.target()); // reads files: not under the lock
    synchronized (this) {
      return begin(plan, counter, who);
    }
  }

  private Campaign begin(Plan plan, long counter, String who) throws CampaignException {
    Optional<Campaign> open = live.values().stream().filter(c -> c.status().open()).findFirst();
    if (open.isPresent()) {
      throw new CampaignException(
          Problem.BUSY, "campaign " + open.get().id() + " is open: wait for its end, or abort it");
    }
    long now = clock.getAsLong();
    Campaign campaign = Selection.begin(store.nextId(), plan, counter, fleet.boxes(), now);
    if (campaign.members().isEmpty()) {
      throw new CampaignException(Problem.NOBODY, "no box is of the groups " + plan.groups());
    }
    String note =
        plan.kind()
            + " to "
            + plan.target()
            + (counter == 0 ? "" : ", counter " + counter + ",")
            + " begun for "
            + campaign.members().size()
            + " boxes, seed "
            + plan.seed();
    store.put(null, campaign, now, who, List.of(note));
    live.put(campaign.id(), campaign);
    if (live.size() > LIVE) {
      live.pollFirstEntry();
    }
    return campaign;
  }

  /**
   * Takes a fleet back: ends the campaign and begins one to a release that was signed for that, for
   * all boxes that the campaign may have reached, in one stage.
   */
  public Campaign rollBack(long id, Plan plan, String who) throws CampaignException {
    long counter = releases.counter(plan.target());
    synchronized (this) {
      return rollBack(id, plan, counter, who);
    }
  }

  private Campaign rollBack(long id, Plan plan, long counter, String who) throws CampaignException {
    Campaign campaign = need(id);
    if (campaign.plan().target().equals(plan.target())) {
      throw new CampaignException(
          Problem.MALFORMED,
          "a fleet goes back by a release with a higher counter, not by "
              + plan.target()
              + " itself");
    }
    if (campaign.status().open()) {
      steer(id, who, Rollout::abort, "abort");
    }
    return begin(plan, counter, who);
  }

  /** Holds, resumes or ends a campaign. */
  public synchronized Campaign pause(long id, String who) throws CampaignException {
    return steer(id, who, Rollout::pause, "pause");
  }

  /** As above. */
  public synchronized Campaign resume(long id, String who) throws CampaignException {
    return steer(id, who, Rollout::resume, "resume");
  }

  /** As above. */
  public synchronized Campaign abort(long id, String who) throws CampaignException {
    return steer(id, who, Rollout::abort, "abort");
  }

  private Campaign steer(long id, String who, BiFunction<Campaign, Long, Step> how, String verb)
      throws CampaignException {
    Campaign before = need(id);
    long now = clock.getAsLong();
    Step step = how.apply(before, now);
    if (step.notes().isEmpty()) {
      store.note(now, who, id, verb + " refused: it is " + before.status());
      throw new CampaignException(Problem.WRONG_STATE, refusal(before, verb));
    }
    take(before, step, now, who);
    return live.get(id);
  }

  private static String refusal(Campaign campaign, String verb) {
    String name = "campaign " + campaign.id();
    return campaign.status().open()
        ? name + " is " + campaign.status() + ": no " + verb
        : name + " has ended, " + campaign.status() + ": there is nothing left to " + verb;
  }

  private Campaign need(long id) throws CampaignException {
    Campaign campaign = live.get(id);
    if (campaign == null) {
      throw new CampaignException(Problem.UNKNOWN, "no campaign " + id + " that could be steered");
    }
    return campaign;
  }

  /** A box said something. */
  public synchronized void answered(Answer answer) {
    long now = clock.getAsLong();
    for (Campaign campaign : List.copyOf(live.values())) {
      take(campaign, Rollout.answered(campaign, answer, now), now, answer.box());
    }
  }

  /** Time passed. */
  public synchronized void tick() {
    long now = clock.getAsLong();
    Set<String> newer = new HashSet<>();
    for (Campaign campaign : new ArrayList<>(live.descendingMap().values())) {
      Set<String> taken = Set.copyOf(newer);
      // What a campaign ended with is told to every box, one of a newer campaign too.
      boolean open = campaign.status().open() || campaign.status() == Status.COMPLETED;
      Predicate<String> there = box -> fleet.online(box) && !(open && taken.contains(box));
      Step step = Rollout.tick(campaign, now, there, fleet::off, telemetry);
      take(campaign, step, now, "headend");
      if (campaign.status().open() || campaign.status() == Status.COMPLETED) {
        newer.addAll(campaign.members().keySet());
      }
    }
  }

  private void take(Campaign before, Step step, long now, String who) {
    if (!step.campaign().equals(before) || !step.notes().isEmpty()) {
      store.put(before, step.campaign(), now, who, step.notes());
      live.put(before.id(), step.campaign());
    }
    step.actions().forEach((Consumer<Action>) line::act);
  }

  /**
   * Boxes that went back to what is not well, as their newest campaign has it, and why; a box that
   * took a release since is not among them.
   */
  public synchronized List<String> ailing() {
    Set<String> seen = new HashSet<>();
    List<String> ailing = new ArrayList<>();
    for (Campaign campaign : live.descendingMap().values()) {
      for (Member member : campaign.members().values()) {
        boolean isWord = member.ailing() || member.state() == Member.State.DONE;
        if (isWord && seen.add(member.box()) && member.ailing()) {
          ailing.add("box " + member.box() + " " + member.reason());
        }
      }
    }
    return ailing;
  }

  /** The newest campaigns, newest first. */
  public synchronized List<Campaign> newest() {
    return live.descendingMap().values().stream().collect(Collectors.toUnmodifiableList());
  }

  /** One of them. */
  public synchronized Optional<Campaign> find(long id) {
    Campaign campaign = live.get(id);
    return campaign != null ? Optional.of(campaign) : store.find(id);
  }

  /** The audit log's newest lines. */
  public List<CampaignStore.Line> log(int limit) {
    return store.log(limit);
  }
}
