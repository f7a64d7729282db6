package tv.hearth.headend.campaign.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.headend.campaign.rollout.Answer.Outcome;
import tv.hearth.headend.campaign.rollout.Campaign;
import tv.hearth.headend.campaign.rollout.Campaign.Status;
import tv.hearth.headend.campaign.rollout.Gates;
import tv.hearth.headend.campaign.rollout.Member.State;

/** A stage opens the next one only where a box of it really took the release. */
class StagesTest {
  @TempDir Path temp;
  private Rig rig;

  @BeforeEach
  void open() {
    rig = new Rig(temp, 20);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  /** All boxes that are not named say that the release is not for them. */
  private void onlyFor(String... boxes) {
    rig.town.verdicts.put(Rig.GOOD, Outcome.NOT_FOR_IT);
    List.of(boxes).forEach(box -> rig.town.verdicts.put(box, Outcome.DONE));
  }

  @Test
  void aCanaryThatSkipsOpensNothing() throws CampaignException {
    Campaign campaign = rig.begin(Gates.USUAL, 5, 100);
    rig.town.verdicts.put(rig.canary(campaign), Outcome.NOT_FOR_IT);
    rig.go(1);
    assertEquals(1, rig.asked());
    rig.go(2);
    assertEquals(2, rig.asked(), "one other takes its place, not the whole fleet");
    assertEquals(0, rig.now(campaign).stage());
    rig.go(60);
    assertEquals(Status.COMPLETED, rig.now(campaign).status());
    assertEquals(19, rig.now(campaign).counts().get(State.DONE));
    assertTrue(rig.logged("1 more boxes come into stage 1"));
  }

  @Test
  void aReplacementThatFailsStopsWhatTheSkippedOneWouldHaveOpened() throws CampaignException {
    Campaign campaign = rig.begin(Gates.USUAL, 5, 100);
    rig.town.verdicts.put(Rig.GOOD, Outcome.ROLLED_BACK);
    rig.town.verdicts.put(rig.canary(campaign), Outcome.NOT_FOR_IT);
    rig.go(60);
    assertEquals(Status.STOPPED, rig.now(campaign).status());
    assertEquals(2, rig.asked());
  }

  @Test
  void aReleaseThatIsForNobodyEndsSayingSo() throws CampaignException {
    onlyFor();
    Campaign campaign = rig.begin(Gates.USUAL, 5, 100);
    rig.go(120);
    assertEquals(Status.STOPPED, rig.now(campaign).status());
    assertTrue(rig.now(campaign).reason().contains("no box took the release: 20 SKIPPED"));
  }

  @Test
  void itsFewBoxesAmongManyAreFoundAndTriedFirst() throws CampaignException {
    onlyFor("box-c", "box-n");
    Campaign campaign = rig.begin(Gates.USUAL, 5, 100);
    rig.go(200);
    assertEquals(Status.COMPLETED, rig.now(campaign).status(), rig.now(campaign).reason());
    assertEquals(2, rig.town.running(Rig.GOOD));
  }

  @Test
  void boxesThatSkipExcuseNoFailure() throws CampaignException {
    // One of ten may fail; here one of a single box that it is for does, beside 19 that skip.
    Campaign campaign = rig.begin(new Gates(90, 3, 60, true), 100);
    onlyFor();
    rig.town.verdicts.put("box-c", Outcome.FAILED);
    rig.go(5);
    assertEquals(Status.STOPPED, rig.now(campaign).status());
    assertTrue(rig.now(campaign).reason().contains("1 of 9 boxes"), rig.now(campaign).reason());
  }

  @Test
  void aStageWithoutASuccessWaitsForThoseThatAreOff() throws CampaignException {
    Campaign campaign = rig.begin(Gates.USUAL, 5, 100);
    String canary = rig.canary(campaign);
    rig.town.runs.keySet().stream().filter(b -> !b.equals(canary)).forEach(rig.town.off::add);
    rig.town.verdicts.put(canary, Outcome.NOT_FOR_IT);
    rig.go(60);
    assertEquals(Status.RUNNING, rig.now(campaign).status());
    assertTrue(rig.now(campaign).reason().contains("waits for a first box"));
    rig.town.off.clear();
    rig.go(60);
    assertEquals(Status.COMPLETED, rig.now(campaign).status());
    assertEquals("", rig.now(campaign).reason());
  }

  @Test
  void evenWhereAllMayFailOneMustTakeIt() throws CampaignException {
    rig.town.verdicts.put(Rig.GOOD, Outcome.FAILED);
    Campaign campaign = rig.begin(new Gates(0, 3, 60, false), 5, 100);
    rig.go(200);
    assertEquals(Status.STOPPED, rig.now(campaign).status());
    assertTrue(rig.now(campaign).reason().contains("no box took the release"));
  }
}
