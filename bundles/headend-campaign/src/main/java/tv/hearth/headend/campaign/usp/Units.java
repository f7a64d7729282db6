package tv.hearth.headend.campaign.usp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tv.hearth.headend.campaign.rollout.Wanted;
import tv.hearth.headend.campaign.service.Inventory;
import tv.hearth.usp.message.GetResp;

/** The deployment units in an answer. */
record Units(List<Unit> all) {
  /** How the ids of our subscriptions begin. */
  static final String SUBSCRIPTION = "hearth-campaign-";

  /** How a signed release's URL begins. */
  static final String SCHEME = "tuf:";

  private static final String COUNTER = "X_HEARTH_Counter";
  private static final String AILING = "X_HEARTH_Ailing";

  /**
   * A deployment unit.
   *
   * @param path ends with a dot
   * @param ailing what the box went back from, and what is wrong with this unit since; empty where
   *     nothing is
   */
  record Unit(String path, String url, String version, String status, long counter, String ailing) {
    /** What is wrong with it since the box went back from that release, if anything is. */
    Optional<String> ailingAfter(Wanted wanted) {
      String from = "went back from " + wanted.target() + ", but: ";
      return Optional.of(ailing)
          .filter(text -> text.startsWith(from))
          .map(text -> text.substring(from.length()));
    }

    boolean runs(Wanted wanted) {
      return status.equals("Installed") && wanted().is(wanted);
    }

    /** The release that it is. */
    Wanted wanted() {
      return new Wanted(url.startsWith(SCHEME) ? url.substring(SCHEME.length()) : url, counter);
    }

    Inventory.Release release() {
      return new Inventory.Release(url, version, status, counter);
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
                  values.get("Status"),
                  counter(values.getOrDefault(COUNTER, "")),
                  values.getOrDefault(AILING, "")));
        }
      }
    }
    return new Units(units);
  }

  /** The versions of execution units, by their names. */
  static Map<String, String> versions(GetResp answer, String executionUnits) {
    Map<String, String> versions = new HashMap<>();
    for (GetResp.PathResult result : answer.results()) {
      for (GetResp.Resolved object : result.resolved()) {
        Map<String, String> values = object.params();
        boolean isOne = object.path().startsWith(executionUnits);
        if (isOne && values.containsKey("Name") && values.containsKey("Version")) {
          versions.put(values.get("Name"), values.get("Version"));
        }
      }
    }
    return versions;
  }

  private static long counter(String text) {
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }

  /** Whether the agent has our subscriptions. */
  static boolean subscribed(GetResp answer) {
    return answer.results().stream()
        .flatMap(result -> result.resolved().stream())
        .anyMatch(object -> (SUBSCRIPTION + "complete").equals(object.params().get("ID")));
  }

  /** The paths of the agent's requests whose command's key is such a one: they are under way. */
  static List<String> requestsOf(GetResp answer, Predicate<String> key) {
    return answer.results().stream()
        .flatMap(result -> result.resolved().stream())
        .filter(object -> key.test(object.params().getOrDefault("CommandKey", "")))
        .map(GetResp.Resolved::path)
        .collect(Collectors.toList());
  }

  /** The one that is installed or on its way; ours has one, the release. */
  Optional<Unit> newest() {
    return all.stream()
        .filter(unit -> !unit.status().startsWith("Uninstall"))
        .reduce((first, second) -> second);
  }
}
