package tv.hearth.headend.campaign.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tv.hearth.headend.campaign.rollout.Answer;
import tv.hearth.headend.campaign.rollout.Answer.Outcome;
import tv.hearth.headend.campaign.rollout.Campaign;
import tv.hearth.headend.campaign.rollout.Campaign.Status;
import tv.hearth.headend.campaign.rollout.Gates;
import tv.hearth.headend.campaign.rollout.Member.State;
import tv.hearth.headend.campaign.rollout.Wanted;

/** What a box can't do now is no fault of the release, and what it says is held to what it runs. */
class TriesTest {
  private static final int HOUR = 3600;
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

  @Test
  void aBusyBoxIsWaitedForAsLongAsACommandMayRun() throws CampaignException {
    rig.town.verdicts.put(Rig.GOOD, Outcome.BUSY);
    Campaign campaign = rig.begin(Gates.USUAL, 5, 100);
    rig.go(23 * HOUR);
    assertEquals(Status.RUNNING, rig.now(campaign).status(), rig.now(campaign).reason());
    rig.town.verdicts.clear();
    rig.go(HOUR / 2);
    assertEquals(Status.COMPLETED, rig.now(campaign).status());
  }

  @Test
  void aBoxThatIsBusyForMoreThanADayHasFailed() throws CampaignException {
    rig.town.verdicts.put(Rig.GOOD, Outcome.BUSY);
    Campaign campaign = rig.begin(Gates.USUAL, 5, 100);
    rig.go(26 * HOUR);
    assertEquals(Status.STOPPED, rig.now(campaign).status());
  }

  @ParameterizedTest
  @EnumSource(names = {"UNREACHABLE", "EXPIRED"})
  void aLineOrAClockSaysNothingOfTheRelease(Outcome outcome) throws CampaignException {
    Campaign campaign = rig.begin(Gates.USUAL, 5, 100);
    String canary = rig.canary(campaign);
    rig.town.verdicts.put(canary, outcome);
    rig.go(2 * HOUR);
    assertEquals(Status.RUNNING, rig.now(campaign).status(), rig.now(campaign).reason());
    assertEquals(State.CUT_OFF, rig.member(campaign, canary).state());
    assertTrue(rig.now(campaign).reason().contains("waits for a first box"), "and it is said");
    assertEquals(1, rig.asked(), "nobody else goes before the canary");
    rig.town.verdicts.clear();
    rig.go(HOUR);
    assertEquals(Status.COMPLETED, rig.now(campaign).status());
    assertEquals(20, rig.town.running(Rig.GOOD));
  }

  @Test
  void aBoxWithoutALineHoldsUpNobodyOnceOthersTookIt() throws CampaignException {
    Campaign campaign = rig.begin(Gates.USUAL, 100);
    rig.town.verdicts.put("box-f", Outcome.UNREACHABLE);
    rig.go(60);
    assertEquals(Status.COMPLETED, rig.now(campaign).status());
    rig.town.verdicts.clear();
    rig.go(HOUR);
    assertEquals(20, rig.town.running(Rig.GOOD), "it catches up");
  }

  @Test
  void aBoxThatSaysThatItIsAtItIsNotSilent() throws CampaignException {
    rig.town.slow.add("box-d");
    Campaign campaign = rig.begin(Gates.USUAL, 100);
    rig.go(HOUR); // its own health window may last a day; the patience is two minutes
    assertEquals(State.WORKING, rig.member(campaign, "box-d").state());
    rig.town.finish();
    rig.go(30);
    assertEquals(Status.COMPLETED, rig.now(campaign).status());
  }

  @Test
  void doneIsWhatRunsTheseBytes() throws CampaignException {
    rig.releases = target -> 8;
    rig.town.silent = box -> true;
    Campaign campaign = rig.begin(Gates.USUAL, 100);
    rig.go(1);
    say(campaign, "box-a", new Wanted(Rig.GOOD, 8));
    say(campaign, "box-b", new Wanted(Rig.GOOD, 1));
    assertEquals(State.DONE, rig.member(campaign, "box-a").state());
    assertEquals(State.FAILED, rig.member(campaign, "box-b").state());
    assertTrue(rig.member(campaign, "box-b").reason().contains("counter 1"));
  }

  private void say(Campaign campaign, String box, Wanted runs) {
    String key = campaign.key(rig.member(campaign, box));
    rig.campaigns.answered(new Answer(box, key, Outcome.DONE, "", Optional.of(runs)));
  }

  @Test
  void aReleaseThatIsNotPublishedBeginsNothing() {
    rig.releases =
        target -> {
          throw new CampaignException(CampaignException.Problem.UNPUBLISHED, target);
        };
    assertThrows(CampaignException.class, () -> rig.begin(Gates.USUAL, 100));
    assertTrue(rig.campaigns.newest().isEmpty());
    rig.go(5);
    assertEquals(0, rig.asked());
  }
}
