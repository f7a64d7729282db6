package tv.hearth.headend.campaign.service;

import java.nio.file.Path;
import java.util.List;
import tv.hearth.headend.campaign.rollout.Campaign;
import tv.hearth.headend.campaign.rollout.Gates;
import tv.hearth.headend.campaign.rollout.Group;
import tv.hearth.headend.campaign.rollout.Member;
import tv.hearth.headend.campaign.rollout.Plan;
import tv.hearth.headend.campaign.rollout.Telemetry;
import tv.hearth.headend.campaign.store.CampaignStore;
import tv.hearth.headend.campaign.store.Database;

/** A headend with campaigns and a town of boxes, under one clock; may be stopped and started. */
final class Rig implements AutoCloseable {
  static final String GOOD = "release/hearth-box/2.json";
  final Town town;
  Releases releases = Releases.UNSEEN;
  Campaigns campaigns;
  private final Path file;
  private Database database;

  Rig(Path folder, int boxes) {
    file = folder.resolve("campaign.db");
    town = new Town(boxes);
    start();
  }

  private void start() {
    database = new Database(file);
    campaigns =
        new Campaigns(
            new CampaignStore(database),
            town,
            Telemetry.NONE,
            town,
            () -> town.now,
            target -> releases.counter(target));
  }

  /** The headend stops and starts. */
  void restart() {
    database.close();
    start();
  }

  Campaign begin(Gates gates, Integer... stages) throws CampaignException {
    return campaigns.begin(
        new Plan(
            Plan.Kind.UPDATE,
            GOOD,
            List.of(Group.ALL),
            List.of(stages),
            10_000,
            20,
            120_000,
            7,
            gates),
        "operator");
  }

  void go(int seconds) {
    town.go(campaigns, seconds);
  }

  Campaign now(Campaign campaign) {
    return campaigns.find(campaign.id()).orElseThrow();
  }

  Member member(Campaign campaign, String box) {
    return now(campaign).members().get(box);
  }

  /** The first box of the canary. */
  String canary(Campaign campaign) {
    return now(campaign).members().values().stream()
        .filter(member -> member.stage() == 0)
        .findFirst()
        .orElseThrow()
        .box();
  }

  long asked() {
    return town.asked(GOOD);
  }

  boolean logged(String text) {
    return campaigns.log(1000).stream().anyMatch(line -> line.what().contains(text));
  }

  @Override
  public void close() {
    database.close();
  }
}
