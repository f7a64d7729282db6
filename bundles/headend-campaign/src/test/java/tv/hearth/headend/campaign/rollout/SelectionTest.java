package tv.hearth.headend.campaign.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SelectionTest {
  private static Plan plan(long seed, List<Group> groups, Integer... stages) {
    return new Plan(
        Plan.Kind.UPDATE,
        "release/hearth-box/2.json",
        groups,
        List.of(stages),
        1000,
        10,
        60_000,
        seed,
        Gates.USUAL);
  }

  private static List<Candidate> boxes(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Candidate("box" + i, i % 2 == 0 ? "a" : "b", "pid-" + i % 4, i % 5 != 0))
        .collect(Collectors.toList());
  }

  private static List<String> stage(Campaign campaign, int stage) {
    return campaign.members().values().stream()
        .filter(m -> m.stage() == stage)
        .map(Member::box)
        .collect(Collectors.toList());
  }

  @Test
  void theSameSeedChoosesTheSameBoxesInWhateverOrderTheyCome() {
    List<Candidate> shuffled = new ArrayList<>(boxes(100));
    Collections.shuffle(shuffled, new Random(1));
    Plan plan = plan(7, List.of(Group.ALL), 5, 25, 100);
    Campaign one = Selection.begin(1, plan, 0, boxes(100), 0);
    assertEquals(one, Selection.begin(1, plan, 0, shuffled, 0));
    Campaign other = Selection.begin(1, plan(8, List.of(Group.ALL), 5, 25, 100), 0, boxes(100), 0);
    assertNotEquals(stage(one, 0), stage(other, 0));
  }

  @Test
  void stagesHoldTheirShares() {
    Campaign campaign =
        Selection.begin(1, plan(7, List.of(Group.ALL), 5, 25, 100), 0, boxes(100), 0);
    assertEquals(5, stage(campaign, 0).size());
    assertEquals(20, stage(campaign, 1).size());
    assertEquals(75, stage(campaign, 2).size());
  }

  @Test
  void aCanaryIsNeverNobodyAndIsOn() {
    Campaign campaign = Selection.begin(1, plan(7, List.of(Group.ALL), 1, 100), 0, boxes(8), 0);
    assertEquals(1, stage(campaign, 0).size());
    int number = Integer.parseInt(stage(campaign, 0).get(0).substring(3));
    assertTrue(number % 5 != 0, "the canary is off");
  }

  @Test
  void groupsChooseByModelLocationAndShareAndCountABoxOnce() {
    List<Group> groups = List.of(Group.parse("model=a,percent=50%"), Group.parse("location=pid-1"));
    Campaign campaign = Selection.begin(1, plan(3, groups, 100), 0, boxes(100), 0);
    long a = campaign.members().values().stream().filter(m -> m.model().equals("a")).count();
    long pid1 =
        campaign.members().values().stream().filter(m -> m.location().equals("pid-1")).count();
    assertEquals(25, a);
    assertEquals(25, pid1);
    assertEquals(50, campaign.members().size());
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Group.parse("modell=a"));
    assertThrows(IllegalArgumentException.class, () -> Group.parse("percent=0"));
    assertThrows(IllegalArgumentException.class, () -> Group.parse("percent=x"));
    assertThrows(IllegalArgumentException.class, () -> plan(1, List.of(Group.ALL), 50, 20, 100));
    assertThrows(IllegalArgumentException.class, () -> plan(1, List.of(Group.ALL), 50));
    assertThrows(IllegalArgumentException.class, () -> plan(1, List.of(), 100));
  }
}
