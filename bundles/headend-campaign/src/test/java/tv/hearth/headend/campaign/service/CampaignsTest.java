package tv.hearth.headend.campaign.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
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
import tv.hearth.headend.campaign.rollout.Group;
import tv.hearth.headend.campaign.rollout.Member;
import tv.hearth.headend.campaign.rollout.Plan;
import tv.hearth.headend.campaign.rollout.Telemetry;
import tv.hearth.headend.campaign.store.CampaignStore;
import tv.hearth.headend.campaign.store.Database;

class CampaignsTest {
  static final String GOOD = "release/hearth-box/2.json";
  static final String BAD = "release/hearth-box/3.json";
  static final String BACK = "release/hearth-box/4.json";
  @TempDir Path temp;
  private final Town town = new Town(20);
  private Telemetry telemetry = Telemetry.NONE;
  private Database database;
  private Campaigns campaigns;

  static Plan plan(String target, int concurrency, Integer... stages) {
    return new Plan(
        Plan.Kind.UPDATE,
        target,
        List.of(Group.ALL),
        List.of(stages),
        10_000,
        concurrency,
        120_000,
        7,
        Gates.USUAL);
  }

  @BeforeEach
  void open() {
    database = new Database(temp.resolve("campaign.db"));
    campaigns =
        new Campaigns(
            new CampaignStore(database),
            town,
            (boxes, gates, since, now) -> telemetry.judge(boxes, gates, since, now),
            town,
            () -> town.now,
            Releases.UNSEEN);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Campaign now(Campaign campaign) {
    return campaigns.find(campaign.id()).orElseThrow();
  }

  @Test
  void aGoodReleaseGoesToTheCanaryThenToAll() throws CampaignException {
    Campaign campaign = campaigns.begin(plan(GOOD, 4, 5, 100), "operator");
    town.go(campaigns, 5);
    assertEquals(1, town.running(GOOD));
    assertEquals(1, town.asked(GOOD));
    town.go(campaigns, 60);
    assertEquals(20, town.running(GOOD));
    assertEquals(Status.COMPLETED, now(campaign).status());
  }

  @Test
  void aBadReleaseStopsAtTheCanary() throws CampaignException {
    town.verdicts.put(BAD, Outcome.ROLLED_BACK);
    Campaign campaign = campaigns.begin(plan(BAD, 4, 5, 100), "operator");
    town.go(campaigns, 60);
    assertEquals(Status.STOPPED, now(campaign).status());
    assertEquals(1, town.asked(BAD));
    assertEquals(1, now(campaign).counts().get(Member.State.ROLLED_BACK));
    assertEquals(19, now(campaign).counts().get(Member.State.LEFT));
    assertTrue(campaigns.log(100).stream().anyMatch(line -> line.what().contains("STOPPED")));
  }

  @Test
  void aReleaseThatNobodySignedStopsAtTheFirstBoxThatSaysSo() throws CampaignException {
    town.verdicts.put(BAD, Outcome.UNTRUSTED);
    Gates lax = new Gates(0, 1000, 1000, false);
    Plan plan =
        new Plan(Plan.Kind.UPDATE, BAD, List.of(Group.ALL), List.of(100), 0, 1, 60_000, 1, lax);
    Campaign campaign = campaigns.begin(plan, "operator");
    town.go(campaigns, 60);
    assertEquals(Status.STOPPED, now(campaign).status());
    assertTrue(now(campaign).reason().contains("untrusted"));
    assertEquals(1, town.asked(BAD));
  }

  @Test
  void someFailuresAreBorneAndOneTooManyStops() throws CampaignException {
    town.verdicts.put("box-c", Outcome.FAILED);
    Campaign borne = campaigns.begin(plan(GOOD, 20, 100), "operator");
    town.go(campaigns, 60);
    assertEquals(Status.COMPLETED, now(borne).status());
    town.verdicts.put("box-d", Outcome.FAILED);
    Campaign stopped = campaigns.begin(plan(BACK, 20, 100), "operator");
    town.go(campaigns, 60);
    assertEquals(Status.STOPPED, now(stopped).status());
  }

  @Test
  void telemetryThatGetsWorseStops() throws CampaignException {
    telemetry =
        (boxes, gates, since, now) ->
            new Telemetry.Verdict(boxes.isEmpty(), "9 errors", boxes.size());
    Campaign campaign = campaigns.begin(plan(GOOD, 4, 5, 100), "operator");
    town.go(campaigns, 60);
    assertEquals(Status.STOPPED, now(campaign).status());
    assertTrue(now(campaign).reason().contains("9 errors"));
    assertEquals(1, town.asked(GOOD));
  }

  @Test
  void withoutTelemetryAStageIsHeldThenPaused() throws CampaignException {
    telemetry = (boxes, gates, since, now) -> new Telemetry.Verdict(true, "", 0);
    Campaign campaign = campaigns.begin(plan(GOOD, 4, 5, 100), "operator");
    town.go(campaigns, 120);
    assertEquals(1, town.asked(GOOD));
    assertEquals(Status.RUNNING, now(campaign).status());
    town.go(campaigns, 600);
    assertEquals(Status.PAUSED, now(campaign).status());
  }

  @Test
  void pauseHoldsResumeGoesOnAbortEnds() throws CampaignException {
    Campaign campaign = campaigns.begin(plan(GOOD, 4, 5, 100), "operator");
    town.go(campaigns, 3);
    campaigns.pause(campaign.id(), "operator");
    assertThrows(CampaignException.class, () -> campaigns.pause(campaign.id(), "operator"));
    town.go(campaigns, 60);
    assertEquals(1, town.asked(GOOD));
    campaigns.resume(campaign.id(), "operator");
    town.go(campaigns, 13);
    campaigns.abort(campaign.id(), "operator");
    long asked = town.asked(GOOD);
    assertTrue(asked > 1 && asked < 20, "asked " + asked);
    town.go(campaigns, 60);
    assertEquals(asked, town.asked(GOOD));
    assertThrows(CampaignException.class, () -> campaigns.resume(campaign.id(), "operator"));
    assertThrows(CampaignException.class, () -> campaigns.abort(99, "operator"));
  }

  @Test
  void whatHasEndedForEveryBoxIsNotAborted() throws CampaignException {
    Campaign campaign = campaigns.begin(plan(GOOD, 20, 100), "operator");
    town.go(campaigns, 60);
    CampaignException refused =
        assertThrows(CampaignException.class, () -> campaigns.abort(campaign.id(), "operator"));
    assertEquals(CampaignException.Problem.WRONG_STATE, refused.problem());
    assertEquals(
        "campaign 1 has ended, COMPLETED: there is nothing left to abort", refused.getMessage());
    assertEquals(Status.COMPLETED, now(campaign).status());
  }

  @Test
  void whatCompletedStillWaitsForBoxesThatWereOffAndCanBeAborted() throws CampaignException {
    town.off.add("box-c");
    Campaign campaign = campaigns.begin(plan(GOOD, 20, 100), "operator");
    town.go(campaigns, 60);
    assertEquals(Status.COMPLETED, now(campaign).status());
    campaigns.abort(campaign.id(), "operator");
    assertEquals(
        "the operator aborted it after it had completed, for the boxes that had not come yet",
        now(campaign).reason());
    town.off.clear();
    town.go(campaigns, 60);
    assertEquals(19, town.running(GOOD));
  }

  @Test
  void onlySoManyUpdateAtOnce() throws CampaignException {
    town.silent = box -> true;
    campaigns.begin(plan(GOOD, 3, 100), "operator");
    town.go(campaigns, 60);
    assertEquals(3, town.asked(GOOD));
  }

  @Test
  void boxesThatWereOffCatchUpAfterTheEnd() throws CampaignException {
    town.off.addAll(List.of("box-b", "box-q"));
    Campaign campaign = campaigns.begin(plan(GOOD, 4, 5, 100), "operator");
    town.go(campaigns, 60);
    assertEquals(Status.COMPLETED, now(campaign).status());
    assertEquals(18, town.running(GOOD));
    town.verdicts.put(BAD, Outcome.ROLLED_BACK);
    campaigns.begin(plan(BAD, 4, 5, 100), "operator");
    town.go(campaigns, 30);
    town.off.clear();
    town.go(campaigns, 30);
    assertEquals(20, town.running(GOOD), "a campaign that was stopped keeps nobody from the last");
  }

  @Test
  void nobodyCatchesUpToACampaignThatANewerOneFollowed() throws CampaignException {
    town.off.add("box-b");
    campaigns.begin(plan(GOOD, 20, 100), "operator");
    town.go(campaigns, 30);
    campaigns.begin(plan(BACK, 20, 100), "operator");
    town.go(campaigns, 30);
    town.off.clear();
    town.go(campaigns, 30);
    assertEquals(20, town.running(BACK));
    assertEquals(19, town.asked(GOOD));
  }

  @Test
  void aBoxThatIsSilentForGoodHasFailedAndSaysSoLaterAllTheSame() throws CampaignException {
    town.silent = box -> true;
    Campaign campaign = campaigns.begin(plan(GOOD, 4, 5, 100), "operator");
    town.go(campaigns, 130);
    assertEquals(Status.STOPPED, now(campaign).status());
    Action asked = town.heard.get(0);
    campaigns.answered(new Answer(asked.box(), asked.key(), Outcome.DONE, ""));
    assertEquals(Member.State.DONE, now(campaign).members().get(asked.box()).state());
    assertEquals(Status.STOPPED, now(campaign).status());
  }

  @Test
  void aBoxThatWentOffBeforeItTookTheCommandUpHoldsNobodyAndCatchesUp() throws CampaignException {
    town.silent = "box-k"::equals;
    Campaign campaign = campaigns.begin(plan(GOOD, 20, 100), "operator");
    town.go(campaigns, 2);
    town.off.add("box-k");
    town.go(campaigns, 60);
    assertEquals(Status.COMPLETED, now(campaign).status());
    assertEquals(19, town.running(GOOD));
    town.silent = box -> false;
    town.off.clear();
    town.go(campaigns, 10);
    assertEquals(20, town.running(GOOD));
  }

  @Test
  void whatWasLostIsAskedAgainUnderTheSameKey() throws CampaignException {
    town.silent = box -> true;
    campaigns.begin(plan(GOOD, 4, 5, 100), "operator");
    town.go(campaigns, 20);
    town.silent = box -> false;
    town.go(campaigns, 20);
    assertEquals(1, town.heard.stream().map(Action::key).distinct().count());
    assertEquals(1, town.running(GOOD));
  }

  @Test
  void notNowIsTriedAgainALimitedNumberOfTimes() throws CampaignException {
    town.verdicts.put(GOOD, Outcome.LATER);
    Campaign campaign = campaigns.begin(plan(GOOD, 4, 5, 100), "operator");
    town.go(campaigns, 100);
    assertEquals(Status.STOPPED, now(campaign).status());
    assertEquals(4, town.heard.stream().map(Action::key).distinct().count());
  }

  @Test
  void answersThatAreReplayedOldOrAnotherBoxesChangeNothing() throws CampaignException {
    town.silent = box -> true;
    Campaign campaign = campaigns.begin(plan(GOOD, 2, 100), "operator");
    town.go(campaigns, 1);
    Action first = town.heard.get(0);
    Action second = town.heard.get(1);
    Campaign before = now(campaign);
    campaigns.answered(new Answer(second.box(), first.key(), Outcome.DONE, ""));
    campaigns.answered(new Answer("box-t", first.key(), Outcome.DONE, ""));
    campaigns.answered(new Answer("stranger", first.key(), Outcome.DONE, ""));
    campaigns.answered(new Answer(first.box(), "campaign-1.0." + first.box(), Outcome.DONE, ""));
    campaigns.answered(new Answer(first.box(), "campaign-9.1." + first.box(), Outcome.DONE, ""));
    assertEquals(before, now(campaign));
    campaigns.answered(new Answer(first.box(), first.key(), Outcome.DONE, ""));
    Campaign done = now(campaign);
    assertEquals(Member.State.DONE, done.members().get(first.box()).state());
    campaigns.answered(new Answer(first.box(), first.key(), Outcome.DONE, ""));
    campaigns.answered(new Answer(first.box(), first.key(), Outcome.FAILED, "forged"));
    campaigns.answered(new Answer(first.box(), first.key(), Outcome.UNTRUSTED, "forged"));
    assertEquals(done, now(campaign));
  }

  @Test
  void aFleetGoesBackByAnotherRelease() throws CampaignException {
    Campaign campaign = campaigns.begin(plan(GOOD, 4, 5, 100), "operator");
    town.go(campaigns, 14);
    assertThrows(
        CampaignException.class,
        () -> campaigns.rollBack(campaign.id(), plan(GOOD, 20, 100), "operator"));
    Campaign back = campaigns.rollBack(campaign.id(), plan(BACK, 20, 100), "operator");
    town.go(campaigns, 60);
    assertEquals(Status.ABORTED, now(campaign).status());
    assertEquals(Status.COMPLETED, now(back).status());
    assertEquals(20, town.running(BACK));
  }

  @Test
  void oneCampaignIsOpenAtATime() throws CampaignException {
    campaigns.begin(plan(GOOD, 4, 5, 100), "operator");
    CampaignException busy =
        assertThrows(
            CampaignException.class, () -> campaigns.begin(plan(BAD, 4, 5, 100), "operator"));
    assertEquals(CampaignException.Problem.BUSY, busy.problem());
  }
}
