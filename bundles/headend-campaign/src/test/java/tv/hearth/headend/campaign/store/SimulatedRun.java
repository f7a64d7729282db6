package tv.hearth.headend.campaign.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tv.hearth.headend.campaign.rollout.Action;
import tv.hearth.headend.campaign.rollout.Answer;
import tv.hearth.headend.campaign.rollout.Candidate;
import tv.hearth.headend.campaign.rollout.Gates;
import tv.hearth.headend.campaign.rollout.Group;
import tv.hearth.headend.campaign.rollout.Plan;
import tv.hearth.headend.campaign.rollout.Telemetry;
import tv.hearth.headend.campaign.service.BoxLine;
import tv.hearth.headend.campaign.service.CampaignException;
import tv.hearth.headend.campaign.service.Campaigns;
import tv.hearth.headend.campaign.service.Fleet;
import tv.hearth.headend.campaign.service.Releases;

/** Boxes that outlive the headend, and a campaign over them. */
final class SimulatedRun implements Fleet, BoxLine {
  static final int BOXES = 6;
  private final Map<String, Set<String>> taken = new TreeMap<>();
  private final Map<String, Answer> known = new HashMap<>();
  private final Deque<Answer> answers = new ArrayDeque<>();
  private long now = 1_700_000_000_000L;

  /** Begins the campaign where the store has none, and goes on. */
  void go(CampaignStore store, int seconds) {
    Campaigns campaigns =
        new Campaigns(store, this, Telemetry.NONE, this, () -> now, Releases.UNSEEN);
    if (campaigns.newest().isEmpty()) {
      begin(campaigns);
    }
    for (int i = 0; i < seconds; i++) {
      campaigns.tick();
      while (!answers.isEmpty()) {
        campaigns.answered(answers.poll());
      }
      now += 1000;
    }
  }

  private static void begin(Campaigns campaigns) {
    Plan plan =
        new Plan(
            Plan.Kind.UPDATE,
            "release/a/1.json",
            List.of(Group.ALL),
            List.of(5, 100),
            3_000,
            3,
            600_000,
            1,
            Gates.USUAL);
    try {
      campaigns.begin(plan, "operator");
    } catch (CampaignException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How many keys each box took. */
  List<Integer> timesTaken() {
    return new ArrayList<>(taken.values()).stream().map(Set::size).collect(Collectors.toList());
  }

  @Override
  public Collection<Candidate> boxes() {
    return IntStream.range(0, BOXES)
        .mapToObj(i -> new Candidate("box" + i, "m", "p", true))
        .collect(Collectors.toList());
  }

  @Override
  public boolean online(String box) {
    return true;
  }

  @Override
  public boolean off(String box) {
    return false;
  }

  @Override
  public void act(Action action) {
    taken.computeIfAbsent(action.box(), box -> new HashSet<>()).add(action.key());
    answers.add(
        known.computeIfAbsent(
            action.key(), key -> new Answer(action.box(), key, Answer.Outcome.DONE, "")));
  }
}
