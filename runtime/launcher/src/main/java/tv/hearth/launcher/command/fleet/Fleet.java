package tv.hearth.launcher.command.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tv.hearth.launcher.hood.FleetClient;
import tv.hearth.launcher.ui.Output;

/** {@code hearth fleet …}. */
@Command(
    name = "fleet",
    mixinStandardHelpOptions = true,
    subcommands = Level.class,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Roll a published release out over the fleet, watch it, stop it, take it back.",
      "The headend runs the campaign.",
      "Boxes take what the release keys signed, and nothing else: these commands can ask for "
          + "an update, and can't make one."
    },
    footerHeading = "%nA rollout:%n",
    footer = {
      "  hearth fleet update --release hearth/0.2.0 --canary 5%% --health-window 60s",
      "  hearth fleet status --watch            until it has ended",
      "  hearth fleet pause; hearth fleet resume; hearth fleet abort",
      "  hearth fleet rollback --release hearth/0.2.1      old bundles, higher counter",
      "  hearth fleet history                   who did what, and what came of it",
      "  hearth fleet level                     which formats may be written"
    })
public final class Fleet {
  private static final String NUMBER = "The campaign's number (default: the newest)";
  private static final long POLL_NANOS = 1_000_000_000;

  @Command(
      name = "update",
      mixinStandardHelpOptions = true,
      description = {
        "Begin a campaign: the canary first, then stage by stage.",
        "Each opens after the one before it has passed its gates: enough boxes took the "
            + "release, and their telemetry is no worse than their own past."
      })
  int update(@Mixin Line line, @Mixin Plans plans, @Mixin Stages stages) throws IOException {
    return said(line.output(), line.client().begin(plans.json("UPDATE", stages.shares())));
  }

  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description = "How the newest campaign, or campaign N, stands, box by box.")
  int status(
      @Mixin Line line,
      @Parameters(paramLabel = "N", arity = "0..1", description = "Its number") Long number,
      @Option(names = "--watch", description = "Tell each change until it has ended") boolean watch)
      throws IOException {
    FleetClient client = line.client();
    Output out = line.output();
    long id = number != null ? number : newest(client, out);
    JsonNode campaign = client.campaign(id);
    String said = "";
    while (watch && !Views.ended(campaign)) {
      String now = Views.line(campaign);
      if (!now.equals(said)) {
        out.say(now);
        said = now;
      }
      LockSupport.parkNanos(POLL_NANOS);
      campaign = client.campaign(id);
    }
    out.say(Views.line(campaign));
    Views.warnings(campaign).forEach(out::say);
    campaign.get("boxes").forEach(box -> out.say(Views.box(box)));
    out.result(campaign);
    return 0;
  }

  /** Where no campaign is, what the operator should do soon is said all the same. */
  private static long newest(FleetClient client, Output out) {
    JsonNode page = client.campaignPage();
    if (page.get("campaigns").isEmpty()) {
      Views.warnings(page).forEach(out::say);
    }
    return FleetClient.newest(page);
  }

  @Command(
      name = "pause",
      mixinStandardHelpOptions = true,
      description = "Ask no more boxes; those that are at it go on.")
  int pause(
      @Mixin Line line,
      @Parameters(arity = "0..1", paramLabel = "N", description = NUMBER) Long number)
      throws IOException {
    return steer(line, number, "pause");
  }

  @Command(name = "resume", mixinStandardHelpOptions = true, description = "Go on after a pause.")
  int resume(
      @Mixin Line line,
      @Parameters(arity = "0..1", paramLabel = "N", description = NUMBER) Long number)
      throws IOException {
    return steer(line, number, "resume");
  }

  @Command(
      name = "abort",
      mixinStandardHelpOptions = true,
      description = {
        "End a campaign for good; boxes that took the release keep it.",
        "Those that have not switched yet stay as they are.",
        "'rollback' takes the others back."
      })
  int abort(
      @Mixin Line line,
      @Parameters(arity = "0..1", paramLabel = "N", description = NUMBER) Long number)
      throws IOException {
    return steer(line, number, "abort");
  }

  @Command(
      name = "rollback",
      mixinStandardHelpOptions = true,
      description = {
        "End the newest campaign and take the fleet back, in one stage.",
        "Boxes never go to a lower counter: build and sign the old bundles once more, with "
            + "'release build', and name that release."
      })
  int rollback(@Mixin Line line, @Mixin Plans plans) throws IOException {
    FleetClient client = line.client();
    String plan = plans.json("ROLLBACK", List.of());
    return said(line.output(), client.steer(client.newest(), "rollback", plan));
  }

  @Command(
      name = "history",
      mixinStandardHelpOptions = true,
      description = "All campaigns, and the audit log: who did what, and what came of it.")
  int history(@Mixin Line line) throws IOException {
    FleetClient client = line.client();
    Output out = line.output();
    JsonNode page = client.campaignPage();
    JsonNode campaigns = page.get("campaigns");
    Views.warnings(page).forEach(out::say);
    campaigns.forEach(campaign -> out.say(Views.line(campaign)));
    JsonNode log = client.audit();
    log.forEach(entry -> out.say(Views.log(entry)));
    out.result(Map.of("campaigns", campaigns, "log", log, "warnings", page.path("warnings")));
    return 0;
  }

  private static int steer(Line line, Long number, String verb) throws IOException {
    FleetClient client = line.client();
    long id = number != null ? number : client.newest();
    return said(line.output(), client.steer(id, verb, ""));
  }

  private static int said(Output out, JsonNode campaign) {
    out.say(Views.line(campaign));
    Views.warnings(campaign).forEach(out::say);
    out.result(campaign);
    return 0;
  }
}
