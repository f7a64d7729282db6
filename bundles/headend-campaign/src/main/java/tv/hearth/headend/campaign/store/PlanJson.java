package tv.hearth.headend.campaign.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tv.hearth.headend.campaign.rollout.Gates;
import tv.hearth.headend.campaign.rollout.Group;
import tv.hearth.headend.campaign.rollout.Plan;
import tv.hearth.support.json.JsonWriter;
import tv.hearth.tuf.json.JsonException;
import tv.hearth.tuf.json.JsonObject;
import tv.hearth.tuf.json.JsonParser;
import tv.hearth.tuf.json.JsonValue;

/** A plan as JSON, as it is stored and as the operator's tool sends it. */
public final class PlanJson {
  private static final int FORMAT = 1;

  private PlanJson() {}

  /** Writes it. */
  public static String write(Plan plan) {
    JsonWriter json = new JsonWriter().object().name("format").value(FORMAT);
    json.name("kind").value(plan.kind().name()).name("target").value(plan.target());
    json.name("groups").array();
    plan.groups().forEach(group -> json.value(group.toString()));
    json.end().name("stages").array();
    plan.stages().forEach(stage -> json.value((long) stage));
    json.end();
    json.name("soakMillis").value(plan.soakMillis());
    json.name("concurrency").value((long) plan.concurrency());
    json.name("patienceMillis").value(plan.patienceMillis());
    json.name("seed").value(plan.seed());
    json.name("successPercent").value((long) plan.gates().successPercent());
    json.name("factor").value((long) plan.gates().factor());
    json.name("floor").value((long) plan.gates().floor());
    json.name("needsTelemetry").value(plan.gates().needsTelemetry());
    return json.end().toString();
  }

  /** Reads it; {@link IllegalArgumentException} names what is wrong. */
  public static Plan read(String text) {
    try {
      JsonObject json = JsonParser.object(text.getBytes(StandardCharsets.UTF_8));
      if (json.whole("format") != FORMAT) {
        throw new IllegalArgumentException("a plan of another format: update the headend");
      }
      List<Group> groups = new ArrayList<>();
      for (String group : json.texts("groups")) {
        groups.add(Group.parse(group));
      }
      List<Integer> stages = new ArrayList<>();
      for (JsonValue stage : json.array("stages")) {
        stages.add(whole(JsonObject.as(JsonValue.Whole.class, "stages", stage).value()));
      }
      return new Plan(
          Plan.Kind.valueOf(json.text("kind")),
          json.text("target"),
          groups,
          stages,
          json.whole("soakMillis"),
          whole(json.whole("concurrency")),
          json.whole("patienceMillis"),
          json.whole("seed"),
          new Gates(
              whole(json.whole("successPercent")),
              whole(json.whole("factor")),
              whole(json.whole("floor")),
              json.truth("needsTelemetry")));
    } catch (JsonException e) {
      throw new IllegalArgumentException("no plan: " + e.getMessage(), e);
    }
  }

  private static int whole(long value) {
    if (value < Integer.MIN_VALUE || value > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("a plan's number is out of range: " + value);
    }
    return (int) value;
  }
}
