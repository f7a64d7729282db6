package tv.hearth.headend.campaign.usp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tv.hearth.headend.campaign.rollout.Action;
import tv.hearth.headend.campaign.rollout.Answer;
import tv.hearth.headend.campaign.rollout.Answer.Outcome;
import tv.hearth.headend.campaign.rollout.Wanted;
import tv.hearth.headend.campaign.service.CampaignException;
import tv.hearth.headend.campaign.service.Inventory;
import tv.hearth.headend.campaign.service.Way;
import tv.hearth.usp.message.Body;
import tv.hearth.usp.message.Get;
import tv.hearth.usp.message.GetResp;
import tv.hearth.usp.message.Msg;
import tv.hearth.usp.message.Notify;
import tv.hearth.usp.message.Operate;
import tv.hearth.usp.record.UspRecord;
import tv.hearth.usp.wire.WireException;

/** A box of 0.1.0 on its way to a release that wants 0.2.0, as its agent hears it. */
class OverStonesTest {
  private static final String BOX = "a".repeat(32);
  private static final String KEY = "campaign-3.1." + BOX;
  private static final String STONE_KEY = "campaign-3.1.over-2." + BOX;
  private static final Wanted STONE = new Wanted("release/hearth/0.2.0.json", 2);
  private static final Wanted GOAL = new Wanted("release/hearth/0.3.0.json", 3);

  private final Deque<Msg> sent = new ArrayDeque<>();
  private final List<Answer> answers = new ArrayList<>();
  private int number;
  private boolean hasStones = true;
  private final Controller controller =
      new Controller(this::send, answers::add, new Inventory(), new Town(), () -> "id-" + ++number);

  /** Storage of 0.1.0 goes over the stone. */
  private final class Town implements Way {
    @Override
    public boolean asks(Wanted goal) {
      return true;
    }

    @Override
    public Wanted next(String box, Wanted goal, long counter, Map<String, String> versions)
        throws CampaignException {
      if (!"0.1.0".equals(versions.get("tv.hearth.storage"))) {
        return goal;
      }
      assertEquals(1, counter);
      if (hasStones) {
        return STONE;
      }
      throw new CampaignException(CampaignException.Problem.UNREACHED, "no stone");
    }
  }

  private void send(String box, byte[] bytes) {
    try {
      sent.add(Msg.parse(UspRecord.parse(bytes).payload()));
    } catch (WireException e) {
      throw new AssertionError(e);
    }
  }

  private void says(String id, Body body) {
    byte[] message = new Msg(id, body).encode();
    controller.received(
        BOX, UspRecord.message(Controller.ID, Controller.agent(BOX), message).encode());
  }

  private static GetResp runs(String target, long counter, String storage) {
    Map<String, String> unit = new HashMap<>();
    unit.put("URL", "tuf:" + target);
    unit.put("Status", "Installed");
    unit.put("X_HEARTH_Counter", String.valueOf(counter));
    return new GetResp(
        List.of(
            new GetResp.PathResult(
                "Device.",
                0,
                "",
                List.of(
                    new GetResp.Resolved("Device.SoftwareModules.DeploymentUnit.1.", unit),
                    new GetResp.Resolved(
                        "Device.SoftwareModules.ExecutionUnit.9.",
                        Map.of("Name", "tv.hearth.storage", "Version", storage)),
                    new GetResp.Resolved(
                        "Device.LocalAgent.Subscription.1.",
                        Map.of("ID", "hearth-campaign-complete"))))));
  }

  private static Notify ended(String key, int code, String message) {
    return new Notify(
        "complete",
        false,
        new Notify.OperationComplete(
            "Device.SoftwareModules.DeploymentUnit.1.",
            "Update()",
            key,
            new tv.hearth.usp.message.Outcome(code, message, Map.of())));
  }

  private Operate look(Action.Kind kind, GetResp found) {
    controller.act(new Action(kind, BOX, KEY, GOAL));
    Msg look = sent.remove();
    assertTrue(
        ((Get) look.body()).paths().contains("Device.SoftwareModules.ExecutionUnit."),
        look.toString());
    says(look.id(), found);
    return (Operate) sent.remove().body();
  }

  @Test
  void theStoneIsInstalledThenTheGoal() {
    Operate first = look(Action.Kind.UPDATE, runs("release/hearth/0.1.0.json", 1, "0.1.0"));
    assertEquals("tuf:" + STONE.target(), first.inputs().get("URL"));
    assertEquals(STONE_KEY, first.commandKey(), "an agent takes each key once");
    says("n-1", ended(STONE_KEY, 0, ""));
    assertEquals(List.of(new Answer(BOX, KEY, Outcome.ACCEPTED, "")), answers, "at it still");
    Operate second = look(Action.Kind.ASK, runs(STONE.target(), 2, "0.2.0"));
    assertEquals("tuf:" + GOAL.target(), second.inputs().get("URL"));
    assertEquals(KEY, second.commandKey());
  }

  @Test
  void aStoneThatFailsIsTheCommandsFailureAndSaysWhere() {
    look(Action.Kind.UPDATE, runs("release/hearth/0.1.0.json", 1, "0.1.0"));
    says("n-1", ended(STONE_KEY, 7002, "UNHEALTHY: storage"));
    assertEquals(1, answers.size());
    assertEquals(KEY, answers.get(0).key());
    assertEquals(Outcome.ROLLED_BACK, answers.get(0).outcome());
    assertTrue(answers.get(0).reason().startsWith("on its way"), answers.get(0).reason());
  }

  @Test
  void whereNoStoneLeadsItIsRefusedByName() {
    hasStones = false;
    controller.act(new Action(Action.Kind.UPDATE, BOX, KEY, GOAL));
    says(sent.remove().id(), runs("release/hearth/0.1.0.json", 1, "0.1.0"));
    assertEquals(List.of(new Answer(BOX, KEY, Outcome.NOT_FOR_IT, "no stone")), answers);
    assertTrue(sent.isEmpty());
  }

  @Test
  void aStoneThatIsUnderWayIsNotBegunAgainAndIsCancelledWithItsCampaign() {
    GetResp atIt =
        new GetResp(
            List.of(
                new GetResp.PathResult(
                    "Device.",
                    0,
                    "",
                    List.of(
                        new GetResp.Resolved(
                            "Device.LocalAgent.Subscription.1.",
                            Map.of("ID", "hearth-campaign-complete")),
                        new GetResp.Resolved(
                            "Device.LocalAgent.Request.7.", Map.of("CommandKey", STONE_KEY))))));
    controller.act(new Action(Action.Kind.ASK, BOX, KEY, GOAL));
    says(sent.remove().id(), atIt);
    assertEquals(List.of(new Answer(BOX, KEY, Outcome.ACCEPTED, "")), answers);
    assertTrue(sent.isEmpty());
    controller.act(new Action(Action.Kind.CANCEL, BOX, KEY, GOAL));
    assertEquals(
        "Device.LocalAgent.Request.7.Cancel()", ((Operate) sent.remove().body()).command());
  }
}
