package tv.hearth.headend.campaign.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.headend.campaign.rollout.Action;
import tv.hearth.headend.campaign.rollout.Answer;
import tv.hearth.headend.campaign.rollout.Answer.Outcome;
import tv.hearth.headend.campaign.rollout.Campaign;
import tv.hearth.headend.campaign.rollout.Campaign.Status;
import tv.hearth.headend.campaign.rollout.Gates;
import tv.hearth.headend.campaign.rollout.Member.State;

/** What a campaign ended with reaches every box that may still be at it, whenever it comes. */
class RecallTest {
  private static final int HOUR = 3600;
  @TempDir Path temp;
  private Rig rig;

  @BeforeEach
  void open() {
    rig = new Rig(temp, 4);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  /** A campaign whose box-b works when the plug is pulled; then it is stopped. */
  private Campaign stoppedWhileBoxBWorks() throws CampaignException {
    rig.town.slow.add("box-b");
    Campaign campaign = rig.begin(Gates.USUAL, 100);
    rig.go(2);
    assertEquals(State.WORKING, rig.member(campaign, "box-b").state());
    rig.town.off.add("box-b");
    rig.campaigns.abort(campaign.id(), "operator");
    return campaign;
  }

  private long recalls() {
    return rig.town.heard.stream().filter(a -> a.kind() == Action.Kind.CANCEL).count();
  }

  @Test
  void aBoxThatComesBackLongAfterTheEndIsRecalled() throws CampaignException {
    Campaign campaign = stoppedWhileBoxBWorks();
    rig.go(HOUR);
    rig.town.off.clear();
    rig.go(20);
    assertTrue(rig.town.atIt.isEmpty(), "it is still at it");
    assertEquals(State.LEFT, rig.member(campaign, "box-b").state());
    long told = recalls();
    rig.go(HOUR);
    assertEquals(told, recalls(), "it has said how it ended: it is left alone");
  }

  @Test
  void soItIsAfterTheHeadendWasStoppedAndStarted() throws CampaignException {
    Campaign campaign = stoppedWhileBoxBWorks();
    rig.restart();
    rig.town.off.clear();
    rig.go(20);
    assertTrue(rig.town.atIt.isEmpty());
    assertEquals(State.LEFT, rig.member(campaign, "box-b").state());
  }

  @Test
  void aBoxWhoseSilenceStoppedTheCampaignIsRecalledToo() throws CampaignException {
    rig.town.slow.add("box-b");
    Campaign campaign = rig.begin(Gates.USUAL, 100);
    rig.go(2);
    rig.town.off.add("box-b");
    rig.go(200);
    assertEquals(Status.STOPPED, rig.now(campaign).status());
    assertEquals(State.FAILED, rig.member(campaign, "box-b").state());
    rig.town.off.clear();
    rig.go(20);
    assertTrue(rig.town.atIt.isEmpty(), "it is still at it");
  }

  @Test
  void oneThatWentOffBeforeItsAnswerCameIsRecalledToo() throws CampaignException {
    rig.town.silent = "box-b"::equals; // it took the command up, and its word was lost
    Campaign campaign = rig.begin(Gates.USUAL, 100);
    rig.go(2);
    rig.town.off.add("box-b");
    rig.go(20);
    assertEquals(State.WAITING, rig.member(campaign, "box-b").state());
    rig.campaigns.abort(campaign.id(), "operator");
    rig.town.silent = box -> false;
    rig.town.off.clear();
    long before = recalls();
    rig.go(20);
    assertEquals(before + 1, recalls());
    assertEquals(State.LEFT, rig.member(campaign, "box-b").state());
  }

  @Test
  void aBoxThatCommittedBeforeItHeardIsToldOfToTheOperator() throws CampaignException {
    Campaign campaign = stoppedWhileBoxBWorks();
    rig.go(60);
    rig.town.off.clear();
    rig.town.finish();
    rig.go(20);
    assertEquals(State.DONE, rig.member(campaign, "box-b").state());
    assertEquals(Status.ABORTED, rig.now(campaign).status());
    assertTrue(rig.logged("only a release with a higher counter takes it back"));
  }

  @Test
  void aHeadendThatDoesNotKnowYetWhoIsOnTakesNobodyForOff() throws CampaignException {
    rig.town.silent = "box-b"::equals;
    Campaign campaign = rig.begin(Gates.USUAL, 100);
    rig.go(2);
    rig.restart();
    rig.town.unknown = true;
    rig.go(60);
    assertEquals(State.ASKED, rig.member(campaign, "box-b").state());
    rig.town.unknown = false;
    rig.town.silent = box -> false;
    rig.go(20);
    assertEquals(State.DONE, rig.member(campaign, "box-b").state());
    assertEquals(1, rig.member(campaign, "box-b").attempt(), "under the same key");
  }

  @Test
  void aNewerCampaignDoesNotKeepTheRecallFromABox() throws CampaignException {
    Campaign first = stoppedWhileBoxBWorks();
    rig.begin(Gates.USUAL, 100);
    rig.town.off.clear();
    rig.go(3);
    assertTrue(
        rig.town.heard.stream()
            .anyMatch(
                a ->
                    a.kind() == Action.Kind.CANCEL
                        && a.box().equals("box-b")
                        && a.key().startsWith("campaign-" + first.id() + ".")));
  }

  @Test
  void nobodyIsAskedAnewAfterTheEndWhateverItAnswers() throws CampaignException {
    Campaign campaign = stoppedWhileBoxBWorks();
    String key = campaign.key(rig.member(campaign, "box-b"));
    rig.campaigns.answered(new Answer("box-b", key, Outcome.BUSY, "another"));
    assertEquals(State.LEFT, rig.member(campaign, "box-b").state());
    rig.town.off.clear();
    rig.go(HOUR);
    assertFalse(rig.town.heard.stream().anyMatch(a -> a.key().equals("campaign-1.2.box-b")));
  }
}
