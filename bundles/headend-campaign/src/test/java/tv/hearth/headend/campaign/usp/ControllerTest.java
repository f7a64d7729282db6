package tv.hearth.headend.campaign.usp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tv.hearth.headend.campaign.rollout.Action;
import tv.hearth.headend.campaign.rollout.Answer;
import tv.hearth.headend.campaign.rollout.Answer.Outcome;
import tv.hearth.headend.campaign.rollout.Wanted;
import tv.hearth.headend.campaign.service.Inventory;
import tv.hearth.headend.campaign.service.Way;
import tv.hearth.usp.message.Add;
import tv.hearth.usp.message.Body;
import tv.hearth.usp.message.GetResp;
import tv.hearth.usp.message.Msg;
import tv.hearth.usp.message.Notify;
import tv.hearth.usp.message.NotifyResp;
import tv.hearth.usp.message.Operate;
import tv.hearth.usp.message.OperateResp;
import tv.hearth.usp.message.UspError;
import tv.hearth.usp.record.UspRecord;
import tv.hearth.usp.wire.WireException;

/** The controller against agents that are played by the test. */
class ControllerTest {
  private static final String A = "a".repeat(32);
  private static final String B = "b".repeat(32);
  private static final String TARGET = "release/hearth-box/2.json";
  private static final String UNIT = "Device.SoftwareModules.DeploymentUnit.1.";
  private static final String KEY = "campaign-1.1." + A;
  private static final Wanted WANTED = new Wanted(TARGET, 2);
  private static final Action UPDATE = new Action(Action.Kind.UPDATE, A, KEY, WANTED);

  private static final GetResp.Resolved SUBSCRIBED =
      new GetResp.Resolved(
          "Device.LocalAgent.Subscription.1.", Map.of("ID", "hearth-campaign-complete"));

  private final Deque<Sent> sent = new ArrayDeque<>();
  private final List<Answer> answers = new ArrayList<>();
  private final Inventory inventory = new Inventory();
  private int number;
  private final Controller controller =
      new Controller(this::send, answers::add, inventory, Way.STRAIGHT, () -> "id-" + ++number);

  private record Sent(String box, Msg message) {}

  private void send(String box, byte[] bytes) {
    try {
      UspRecord record = UspRecord.parse(bytes);
      assertEquals(Controller.agent(box), record.to());
      assertEquals(Controller.ID, record.from());
      sent.add(new Sent(box, Msg.parse(record.payload())));
    } catch (WireException e) {
      throw new AssertionError(e);
    }
  }

  private void says(String box, String id, Body body) {
    byte[] message = new Msg(id, body).encode();
    controller.received(
        box, UspRecord.message(Controller.ID, Controller.agent(box), message).encode());
  }

  private static GetResp units(Map<String, String> unit) {
    return found(new GetResp.Resolved(UNIT, unit), SUBSCRIBED);
  }

  private static GetResp found(GetResp.Resolved... objects) {
    return new GetResp(List.of(new GetResp.PathResult("Device.", 0, "", List.of(objects))));
  }

  private static GetResp old() {
    return units(Map.of("URL", "tuf:release/a/1.json", "Version", "1", "Status", "Installed"));
  }

  private static OperateResp started() {
    return new OperateResp(
        List.of(
            new OperateResp.Result(
                UNIT + "Update()",
                "Device.LocalAgent.Request.7",
                tv.hearth.usp.message.Outcome.NOTHING)));
  }

  private static Notify ended(String key, int code, String message) {
    return new Notify(
        "complete",
        true,
        new Notify.OperationComplete(
            UNIT, "Update()", key, new tv.hearth.usp.message.Outcome(code, message, Map.of())));
  }

  private Operate operated() {
    return (Operate) sent.remove().message().body();
  }

  @Test
  void looksUpdatesAndHearsOfTheEnd() {
    controller.act(UPDATE);
    says(A, sent.remove().message().id(), old());
    Sent asked = sent.element();
    Operate operate = operated();
    assertEquals(UNIT + "Update()", operate.command());
    assertEquals(KEY, operate.commandKey());
    assertEquals("tuf:" + TARGET, operate.inputs().get("URL"));
    assertEquals("tuf:release/a/1.json", inventory.of(A).orElseThrow().url());
    says(A, asked.message().id(), started());
    says(A, "n-1", ended(KEY, 0, ""));
    assertEquals(List.of(new Answer(A, KEY, Outcome.ACCEPTED, "")), answers, "not seen to run it");
    says(A, sent.remove().message().id(), running(2));
    Answer done = new Answer(A, KEY, Outcome.DONE, "", Optional.of(WANTED));
    assertEquals(List.of(new Answer(A, KEY, Outcome.ACCEPTED, ""), done), answers);
    assertTrue(sent.stream().anyMatch(s -> s.message().body() instanceof NotifyResp));
  }

  @Test
  void aBoxWithoutAUnitInstalls() {
    controller.act(UPDATE);
    says(A, sent.remove().message().id(), found(SUBSCRIBED));
    assertEquals("Device.SoftwareModules.InstallDU()", operated().command());
  }

  @Test
  void aBoxThatForgotOurSubscriptionsGetsThemBeforeTheCommand() {
    controller.act(UPDATE);
    says(A, sent.remove().message().id(), found());
    assertTrue(sent.remove().message().body() instanceof Add);
    assertEquals("Device.SoftwareModules.InstallDU()", operated().command());
  }

  @Test
  void aBoxThatRunsItAlreadyIsNotToldAgain() {
    controller.act(UPDATE);
    says(A, sent.remove().message().id(), running(2));
    assertEquals(List.of(new Answer(A, KEY, Outcome.DONE, "", Optional.of(WANTED))), answers);
    assertTrue(sent.isEmpty());
  }

  @Test
  void aBoxThatRunsOtherBytesUnderTheSameNameIsTold() {
    controller.act(UPDATE);
    says(A, sent.remove().message().id(), running(1));
    assertEquals(List.of(), answers, "counter 1 of that name is not counter 2 of it");
    assertEquals("tuf:" + TARGET, operated().inputs().get("URL"));
  }

  @Test
  void whatIsUnderWayOfACampaignThatHasEndedIsFoundAndCancelled() {
    controller.act(new Action(Action.Kind.CANCEL, A, "campaign-1.3." + A, WANTED));
    GetResp requests =
        found(
            request(5, "campaign-1.2." + A),
            request(6, "campaign-11.1." + A),
            request(7, "campaign-1.3." + B),
            request(8, "someone-else"));
    says(A, sent.remove().message().id(), requests);
    assertEquals("Device.LocalAgent.Request.5.Cancel()", operated().command());
    assertTrue(sent.isEmpty(), "another's commands are not ours to cancel");
    assertEquals(List.of(), answers, "it says itself how it ended");
  }

  @Test
  void aBoxThatIsNotAtItSaysWhatItRuns() {
    controller.act(new Action(Action.Kind.CANCEL, A, KEY, WANTED));
    says(A, sent.remove().message().id(), old());
    assertEquals(Outcome.CANCELLED, answers.remove(0).outcome());
    controller.act(new Action(Action.Kind.CANCEL, A, KEY, WANTED));
    says(A, sent.remove().message().id(), running(2));
    assertEquals(Outcome.DONE, answers.remove(0).outcome());
  }

  @Test
  void anAnswerThatComesAfterTheEndCommandsNothing() {
    controller.act(UPDATE);
    String look = sent.remove().message().id();
    controller.act(new Action(Action.Kind.CANCEL, A, KEY, WANTED));
    sent.clear();
    says(A, look, old());
    assertTrue(sent.isEmpty(), "the campaign has ended: " + sent);
  }

  private static GetResp.Resolved request(int number, String key) {
    return new GetResp.Resolved(
        "Device.LocalAgent.Request." + number + ".", Map.of("CommandKey", key));
  }

  private static GetResp running(long counter) {
    return units(
        Map.of(
            "URL",
            "tuf:" + TARGET,
            "Version",
            "2",
            "Status",
            "Installed",
            "X_HEARTH_Counter",
            String.valueOf(counter)));
  }

  @Test
  void aCommandThatIsUnderWayIsNotGivenAgain() {
    controller.act(new Action(Action.Kind.ASK, A, KEY, WANTED));
    GetResp requests =
        found(
            SUBSCRIBED,
            new GetResp.Resolved("Device.LocalAgent.Request.7.", Map.of("CommandKey", KEY)));
    says(A, sent.remove().message().id(), requests);
    assertEquals(List.of(new Answer(A, KEY, Outcome.ACCEPTED, "")), answers);
    assertTrue(sent.isEmpty());
    controller.act(new Action(Action.Kind.CANCEL, A, KEY, WANTED));
    assertEquals("Device.LocalAgent.Request.7.Cancel()", operated().command());
  }

  @Test
  void responsesThatAreReplayedAnotherBoxesOrUnaskedAreDropped() {
    controller.act(UPDATE);
    String id = sent.remove().message().id();
    says(B, id, old());
    says(A, "never-asked", old());
    assertTrue(sent.isEmpty());
    assertEquals(2, controller.dropped());
    says(A, id, old());
    says(A, id, old());
    assertEquals(1, sent.size(), "a replayed answer must not command a second time");
    assertEquals(3, controller.dropped());
  }

  @Test
  void recordsUnderAnotherNameOrForAnotherAreDropped() {
    byte[] message = new Msg("n", ended(KEY, 0, "")).encode();
    controller.received(B, UspRecord.message(Controller.ID, Controller.agent(A), message).encode());
    controller.received(
        A, UspRecord.message("proto::other", Controller.agent(A), message).encode());
    assertEquals(List.of(), answers);
    assertEquals(2, controller.dropped());
  }

  @Test
  void failuresMeanWhatTheyAre() {
    Map<String, Outcome> meant =
        Map.of(
            "UNHEALTHY: the probe", Outcome.ROLLED_BACK,
            "UNTRUSTED: no signature", Outcome.UNTRUSTED,
            "BUSY: another", Outcome.BUSY,
            "DOWNLOAD: line", Outcome.UNREACHABLE,
            "EXPIRED: timestamp.json", Outcome.EXPIRED,
            "CANCELLED: by its caller", Outcome.CANCELLED,
            "NOT_APPLICABLE: counter", Outcome.NOT_FOR_IT,
            "BAD_RELEASE: it", Outcome.FAILED,
            "something else", Outcome.FAILED);
    meant.forEach((message, outcome) -> assertEquals(outcome, Faults.outcome(7022, message)));
    assertEquals(Outcome.BUSY, Faults.outcome(7005, ""));
    assertEquals(Outcome.UNREACHABLE, Faults.outcome(7032, ""));
    assertEquals(Outcome.LATER, Faults.outcome(7003, "the bundle update is not there"));
    assertEquals(Outcome.FAILED, Faults.outcome(7226, ""));
    controller.act(UPDATE);
    says(A, sent.remove().message().id(), new UspError(7002, "BUSY: another", List.of()));
    assertEquals(Outcome.BUSY, answers.get(0).outcome());
  }

  @Test
  void aBoxThatWentBackToWhatIsNotWellIsHeardByItsCodeAndByItsUnit() {
    String but = "UNHEALTHY: went back, but: tv.hearth.storage fails: newer; it went back because";
    says(A, "n-1", ended(KEY, 7800, but));
    Answer heard = answers.remove(0);
    assertEquals(Outcome.BACK_AILING, heard.outcome());
    assertTrue(
        heard.reason().startsWith("tv.hearth.storage fails: newer; it went"), heard.reason());
    sent.clear();

    controller.act(new Action(Action.Kind.CANCEL, A, KEY, WANTED));
    says(A, sent.remove().message().id(), ailing(TARGET));
    Answer found = answers.remove(0);
    assertEquals(Outcome.BACK_AILING, found.outcome(), "its notification was lost");
    assertEquals("tv.hearth.storage fails: newer", found.reason());

    controller.act(new Action(Action.Kind.CANCEL, A, KEY, WANTED));
    says(A, sent.remove().message().id(), ailing("release/another/1.json"));
    assertEquals(Outcome.CANCELLED, answers.remove(0).outcome(), "not of this campaign");
  }

  private static GetResp ailing(String from) {
    return units(
        Map.of(
            "URL",
            "tuf:release/a/1.json",
            "Status",
            "Installed",
            "X_HEARTH_Ailing",
            "went back from " + from + ", but: tv.hearth.storage fails: newer"));
  }

  @Test
  void aBoxThatComesIsAskedToTell() {
    controller.received(
        A, UspRecord.mqttConnect(Controller.ID, Controller.agent(A), "some/topic").encode());
    Add add = (Add) sent.remove().message().body();
    assertEquals(3, add.objects().size());
  }

  @Test
  void damagedRecordsNeitherThrowNorAnswer() {
    byte[] message = new Msg("n", ended(KEY, 0, "")).encode();
    byte[] record = UspRecord.message(Controller.ID, Controller.agent(A), message).encode();
    Random random = new Random(5);
    System.out.println("seed 5");
    for (int i = 0; i < 5000; i++) {
      byte[] damaged = record.clone();
      for (int flip = 0; flip < 3; flip++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      controller.received(A, damaged);
    }
    controller.received(A, new byte[0]);
  }
}
