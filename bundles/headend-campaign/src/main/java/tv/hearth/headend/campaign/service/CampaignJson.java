package tv.hearth.headend.campaign.service;

import java.util.List;
import tv.hearth.headend.campaign.rollout.Campaign;
import tv.hearth.headend.campaign.rollout.Member;
import tv.hearth.headend.campaign.store.CampaignStore;
import tv.hearth.support.json.JsonWriter;

/** Campaigns as JSON for the operator. */
final class CampaignJson {
  private CampaignJson() {}

  static String all(List<Campaign> campaigns, List<String> warnings) {
    JsonWriter json = new JsonWriter().object().name("campaigns").array();
    for (Campaign campaign : campaigns) {
      summary(json, campaign).end();
    }
    return warnings(json.end(), warnings).end().toString();
  }

  private static JsonWriter warnings(JsonWriter json, List<String> warnings) {
    json.name("warnings").array();
    warnings.forEach(json::value);
    return json.end();
  }

  static String one(Campaign campaign, Inventory inventory, List<String> warnings) {
    JsonWriter json = warnings(summary(new JsonWriter(), campaign), warnings);
    json.name("boxes").array();
    for (Member member : campaign.members().values()) {
      json.object()
          .name("box")
          .value(member.box())
          .name("model")
          .value(member.model())
          .name("location")
          .value(member.location())
          .name("stage")
          .value((long) member.stage() + 1)
          .name("state")
          .value(member.state().name())
          .name("attempts")
          .value((long) member.attempt())
          .name("since")
          .value(member.since())
          .name("reason")
          .value(member.reason());
      inventory.of(member.box()).ifPresent(release -> json.name("runs").value(release.toString()));
      json.end();
    }
    return json.end().end().toString();
  }

  private static JsonWriter summary(JsonWriter json, Campaign campaign) {
    json.object()
        .name("campaign")
        .value(campaign.id())
        .name("kind")
        .value(campaign.plan().kind().name())
        .name("release")
        .value(campaign.plan().target())
        .name("counter")
        .value(campaign.counter())
        .name("status")
        .value(campaign.status().name())
        .name("reason")
        .value(campaign.reason())
        .name("stage")
        .value((long) campaign.stage() + 1)
        .name("stages")
        .array();
    campaign.plan().stages().forEach(stage -> json.value((long) stage));
    json.end().name("groups").array();
    campaign.plan().groups().forEach(group -> json.value(group.toString()));
    json.end()
        .name("seed")
        .value(campaign.plan().seed())
        .name("watched")
        .value(campaign.soakSince())
        .name("window")
        .value(campaign.plan().soakMillis())
        .name("started")
        .value(campaign.started())
        .name("ended")
        .value(campaign.ended())
        .name("counts")
        .object();
    campaign.counts().forEach((state, count) -> json.name(state.name()).value((long) count));
    return json.end();
  }

  static String log(List<CampaignStore.Line> lines) {
    JsonWriter json = new JsonWriter().object().name("log").array();
    for (CampaignStore.Line line : lines) {
      json.object()
          .name("sequence")
          .value(line.sequence())
          .name("millis")
          .value(line.millis())
          .name("who")
          .value(line.who())
          .name("campaign")
          .value(line.campaign())
          .name("what")
          .value(line.what())
          .end();
    }
    return json.end().end().toString();
  }
}
