package tv.hearth.headend.campaign.usp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tv.hearth.headend.campaign.service.Inventory;
import tv.hearth.usp.message.GetResp;

/** The deployment units in an answer. */
record Units(List<Unit> all) {
  /** How the ids of our subscriptions begin. */
  static final String SUBSCRIPTION = "hearth-campaign-";

  /**
   * A deployment unit.
   *
   * @param path ends with a dot
   */
  record Unit(String path, String url, String version, String status) {
    boolean runs(String wanted) {
      return url.equals(wanted) && status.equals("Installed");
    }

    Inventory.Release release() {
      return new Inventory.Release(url, version, status);
    }
  }

  static Units of(GetResp answer) {
    List<Unit> units = new ArrayList<>();
    for (GetResp.PathResult result : answer.results()) {
      for (GetResp.Resolved object : result.resolved()) {
        Map<String, String> values = object.params();
        if (values.containsKey("URL") && values.containsKey("Status")) {
          units.add(
              new Unit(
                  object.path(),
                  values.get("URL"),
                  values.getOrDefault("Version", ""),
                  values.get("Status")));
        }
      }
    }
    return new Units(units);
  }

  /** Whether the agent has our subscriptions. */
  static boolean subscribed(GetResp answer) {
    return answer.results().stream()
        .flatMap(result -> result.resolved().stream())
        .anyMatch(object -> (SUBSCRIPTION + "complete").equals(object.params().get("ID")));
  }

  /** The path of the agent's request that carries a command's key: it is under way already. */
  static Optional<String> requestOf(GetResp answer, String key) {
    return answer.results().stream()
        .flatMap(result -> result.resolved().stream())
        .filter(object -> key.equals(object.params().get("CommandKey")))
        .map(GetResp.Resolved::path)
        .findFirst();
  }

  /** The one that is installed or on its way; ours has one, the release. */
  Optional<Unit> newest() {
    return all.stream()
        .filter(unit -> !unit.status().startsWith("Uninstall"))
        .reduce((first, second) -> second);
  }
}
