package tv.hearth.launcher.command.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import tv.hearth.launcher.LauncherException;
import tv.hearth.launcher.hood.FleetClient;
import tv.hearth.launcher.ui.Output;

/** {@code hearth box list}, {@code remove} and {@code admit}: who is a member. */
public final class Members {
  private Members() {}

  /** Shows them all. */
  public static int list(Line line) throws IOException {
    JsonNode boxes = line.client().boxes();
    boxes.forEach(box -> line.output().say(view(box)));
    line.output().result(Map.of("boxes", boxes));
    return 0;
  }

  /** Removes boxes for good. */
  public static int remove(Line line, List<String> names) throws IOException {
    return stand(line, names, "REMOVED", "removed");
  }

  /** Makes boxes members again. */
  public static int admit(Line line, List<String> names) throws IOException {
    return stand(line, names, "ACTIVE", "admitted");
  }

  private static int stand(Line line, List<String> names, String state, String done)
      throws IOException {
    FleetClient client = line.client();
    JsonNode known = line.claimed(client.boxes());
    List<String> ids = new ArrayList<>();
    for (String name : names) {
      ids.add(id(known, name, isNumber(name) ? line.claimsOf(Integer.parseInt(name)) : List.of()));
    }
    Output out = line.output();
    List<JsonNode> now = new ArrayList<>();
    for (String id : ids) {
      now.add(client.stand(id, state));
      out.say(done + " " + id);
    }
    out.result(Map.of("did", done, "boxes", now));
    return 0;
  }

  private static boolean isNumber(String name) {
    return name.matches("[0-9]{1,4}");
  }

  /**
   * The one box that is meant: by the claims of its place, of which the first counts that a box has
   * used, so that one that was lost is meant until its successor comes; or by the beginning of its
   * id.
   */
  static String id(JsonNode known, String name, List<String> claims) {
    List<String> found =
        claims.isEmpty() ? ids(known, box -> box.get("id").asText().startsWith(name)) : List.of();
    for (int i = 0; found.isEmpty() && i < claims.size(); i++) {
      String claim = claims.get(i);
      found = ids(known, box -> box.path("claim").asText().equals(claim));
    }
    if (found.size() != 1) {
      throw new LauncherException(
          (found.isEmpty() ? "no box " : found.size() + " boxes are called ")
              + name
              + ": see 'hearth box list'");
    }
    return found.get(0);
  }

  private static List<String> ids(JsonNode known, Predicate<JsonNode> meant) {
    List<String> ids = new ArrayList<>();
    known.forEach(
        box -> {
          if (meant.test(box)) {
            ids.add(box.get("id").asText());
          }
        });
    return ids;
  }

  private static String view(JsonNode box) {
    String departure = box.path("departure").asText("MEMBER");
    return String.format(
        Locale.ROOT,
        "%s  %-8s %-7s %-8s %-8s claim %-16s seen %s%s%s",
        box.get("id").asText(),
        box.get("state").asText().toLowerCase(Locale.ROOT),
        box.get("online").asBoolean() ? "on" : "off",
        box.get("model").asText(),
        box.get("location").asText(),
        box.path("claim").asText("-"),
        box.get("lastSeen").asText(),
        departure.equals("MEMBER")
            ? ""
            : "  (" + departure.toLowerCase(Locale.ROOT) + " " + box.get("departed").asText() + ")",
        box.path("twin").asText().isEmpty() ? "" : "  TWO BOXES WITH THIS IDENTITY");
  }
}
