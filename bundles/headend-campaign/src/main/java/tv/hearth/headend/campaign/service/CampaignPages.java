package tv.hearth.headend.campaign.service;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tv.hearth.api.operator.OperatorPages;
import tv.hearth.headend.campaign.rollout.Campaign;
import tv.hearth.headend.campaign.rollout.Plan;
import tv.hearth.headend.campaign.store.CampaignStoreException;
import tv.hearth.headend.campaign.store.PlanJson;

/** The operator's pages: campaigns, the audit log, and what steers a campaign. Thread-safe. */
public final class CampaignPages implements OperatorPages {
  /** Where they are. */
  public static final String BASE = "/v1/fleet/campaigns";

  private static final String WHO = "operator";
  private static final int MOST_LINES = 1000;
  private static final Pattern ONE = Pattern.compile(BASE + "/([0-9]{1,18})(?:/([a-z]{1,16}))?");
  private final Campaigns campaigns;
  private final Inventory inventory;
  private final Supplier<List<String>> warnings;

  /**
   * Over the campaigns of a headend.
   *
   * @param warnings what the operator should do soon
   */
  public CampaignPages(Campaigns campaigns, Inventory inventory, Supplier<List<String>> warnings) {
    this.campaigns = campaigns;
    this.inventory = inventory;
    this.warnings = warnings;
  }

  @Override
  public Answer answer(String method, String path, byte[] body) {
    try {
      return Answer.ok(page(method + " ", path, new String(body, StandardCharsets.UTF_8)));
    } catch (CampaignException e) {
      return new Answer(status(e.problem()), e.problem().name(), e.getMessage());
    } catch (IllegalArgumentException e) {
      return new Answer(400, CampaignException.Problem.MALFORMED.name(), e.getMessage());
    } catch (CampaignStoreException e) {
      return new Answer(500, "FAILED", e.getMessage());
    }
  }

  private String page(String method, String path, String body) throws CampaignException {
    switch (method + path) {
      case "GET " + BASE:
        return CampaignJson.all(campaigns.newest(), warnings.get());
      case "POST " + BASE:
        return one(campaigns.begin(PlanJson.read(body), WHO));
      case "GET " + BASE + "/audit":
        return CampaignJson.log(campaigns.log(MOST_LINES));
      default:
        break;
    }
    Matcher matcher = ONE.matcher(path);
    if (!matcher.matches()) {
      throw new CampaignException(CampaignException.Problem.UNKNOWN, "no page " + path);
    }
    long id = Long.parseLong(matcher.group(1));
    String verb = matcher.group(2) == null ? "" : matcher.group(2);
    switch (method + verb) {
      case "GET ":
        return one(
            campaigns
                .find(id)
                .orElseThrow(
                    () ->
                        new CampaignException(
                            CampaignException.Problem.UNKNOWN, "no campaign " + id)));
      case "POST pause":
        return one(campaigns.pause(id, WHO));
      case "POST resume":
        return one(campaigns.resume(id, WHO));
      case "POST abort":
        return one(campaigns.abort(id, WHO));
      case "POST rollback":
        return one(campaigns.rollBack(id, back(body), WHO));
      default:
        throw new CampaignException(CampaignException.Problem.UNKNOWN, "no page " + path);
    }
  }

  private static Plan back(String body) {
    Plan plan = PlanJson.read(body);
    if (plan.kind() != Plan.Kind.ROLLBACK) {
      throw new IllegalArgumentException("a plan that takes a fleet back is of kind ROLLBACK");
    }
    return plan;
  }

  private String one(Campaign campaign) {
    return CampaignJson.one(campaign, inventory, warnings.get());
  }

  private static int status(CampaignException.Problem problem) {
    switch (problem) {
      case UNKNOWN:
        return 404;
      case MALFORMED:
        return 400;
      default:
        return 409;
    }
  }
}
