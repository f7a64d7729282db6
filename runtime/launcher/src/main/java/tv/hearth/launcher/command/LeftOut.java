package tv.hearth.launcher.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tv.hearth.launcher.ui.Output;

/** Names what a folder has and an object has no place for. */
final class LeftOut {
  private static final int MOST_NAMED = 20;
  private static final Map<String, String> WORDS =
      Map.of(
          "link", "symbolic links (put what they lead to by itself)",
          "special", "pipes, sockets or devices",
          "empty folder", "empty folders");

  private LeftOut() {}

  /** A line a kind, before anything is stored. */
  static void tell(JsonNode leftOut, Output out) {
    Map<String, List<String>> kinds = new TreeMap<>();
    leftOut.forEach(
        each ->
            kinds
                .computeIfAbsent(each.get("what").asText(), kind -> new ArrayList<>())
                .add(each.get("path").asText()));
    kinds.forEach(
        (kind, paths) ->
            out.say(
                "leaving out "
                    + paths.size()
                    + " "
                    + WORDS.getOrDefault(kind, kind)
                    + ": "
                    + String.join(", ", paths.subList(0, Math.min(MOST_NAMED, paths.size())))
                    + (paths.size() > MOST_NAMED ? ", … (all by --json)" : "")));
  }
}
