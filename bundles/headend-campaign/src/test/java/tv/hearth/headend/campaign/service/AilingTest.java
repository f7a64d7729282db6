package tv.hearth.headend.campaign.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.headend.campaign.rollout.Answer;
import tv.hearth.headend.campaign.rollout.Answer.Outcome;
import tv.hearth.headend.campaign.rollout.Campaign;
import tv.hearth.headend.campaign.rollout.Campaign.Status;
import tv.hearth.headend.campaign.rollout.Gates;
import tv.hearth.headend.campaign.rollout.Member.State;

/** A box that went back to what is not well stops the campaign, and is not forgotten. */
class AilingTest {
  private static final String WHY = "tv.hearth.storage fails: newer";
  private static final Gates GENEROUS = new Gates(0, 3, 60, false);
  @TempDir Path temp;
  private Rig rig;

  @BeforeEach
  void open() {
    rig = new Rig(temp, 8);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void oneStopsTheCampaignHoweverManyMayFail() throws CampaignException {
    rig.town.verdicts.put("box-c", Outcome.BACK_AILING);
    Campaign campaign = rig.begin(GENEROUS, 100);
    rig.go(20);
    Campaign now = rig.now(campaign);
    assertEquals(Status.STOPPED, now.status());
    assertEquals("box box-c went back, but: so", now.reason());
    assertEquals(State.ROLLED_BACK, rig.member(campaign, "box-c").state());
    assertTrue(rig.logged("box-c WENT BACK, BUT IS NOT WELL: so"));
    assertTrue(rig.logged("STOPPED: box box-c went back, but: so"));
    assertEquals(List.of("box box-c went back, but: so"), rig.campaigns.ailing());
  }

  @Test
  void oneThatWasRecalledAndWentBackToWhatIsNotWellIsToldAllTheSame() throws CampaignException {
    Campaign campaign = stoppedWhileBoxBWorks();
    answers(campaign, "box-b");
    Campaign now = rig.now(campaign);
    assertEquals(Status.ABORTED, now.status());
    assertEquals("the operator aborted it; box box-b went back, but: " + WHY, now.reason());
    long ended = now.ended();
    rig.restart();
    assertEquals(List.of("box box-b went back, but: " + WHY), rig.campaigns.ailing());
    assertEquals(ended, rig.now(campaign).ended(), "when it ended has not changed");
    answers(campaign, "box-b");
    assertEquals(now.reason(), rig.now(campaign).reason(), "said once");
  }

  @Test
  void itsWordCountsAlsoAfterItWasLeft() throws CampaignException {
    Campaign campaign = stoppedWhileBoxBWorks();
    rig.town.off.clear();
    rig.go(20);
    assertEquals(State.LEFT, rig.member(campaign, "box-b").state());
    answers(campaign, "box-b");
    assertTrue(rig.member(campaign, "box-b").ailing());
  }

  @Test
  void aReleaseThatItTakesLaterMendsIt() throws CampaignException {
    rig.town.verdicts.put("box-c", Outcome.BACK_AILING);
    Campaign first = rig.begin(GENEROUS, 100);
    rig.go(20);
    rig.town.verdicts.clear();
    Campaign second = rig.begin(GENEROUS, 100);
    assertEquals(1, rig.campaigns.ailing().size(), "not yet");
    rig.go(20);
    assertEquals(State.DONE, rig.member(second, "box-c").state());
    assertEquals(List.of(), rig.campaigns.ailing());
    assertEquals(Status.STOPPED, rig.now(first).status());
  }

  private Campaign stoppedWhileBoxBWorks() throws CampaignException {
    rig.town.slow.add("box-b");
    Campaign campaign = rig.begin(Gates.USUAL, 100);
    rig.go(2);
    rig.town.off.add("box-b");
    rig.campaigns.abort(campaign.id(), "operator");
    return campaign;
  }

  private void answers(Campaign campaign, String box) {
    String key = campaign.key(rig.member(campaign, box));
    rig.campaigns.answered(new Answer(box, key, Outcome.BACK_AILING, WHY));
  }
}
