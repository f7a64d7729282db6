package tv.hearth.headend.registry.web;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import tv.hearth.api.value.BoxId;
import tv.hearth.headend.registry.enrol.RefusedException;
import tv.hearth.headend.registry.enrol.RefusedException.Problem;
import tv.hearth.headend.registry.fleet.FleetBox;
import tv.hearth.headend.registry.fleet.Raise;
import tv.hearth.headend.registry.map.MapKeeper;
import tv.hearth.headend.registry.store.FleetStore;

/** The neighbourhood's level, for the operator: to look at, and to raise by one. */
public final class LevelPages {
  static final String PATH = "/v1/fleet/level";
  private static final System.Logger LOG = System.getLogger(LevelPages.class.getName());

  private final FleetStore fleet;
  private final MapKeeper maps;
  private final Supplier<Optional<String>> underWay;
  private final Clock clock;
  private final Runnable changed;

  /**
   * Over the registry.
   *
   * @param underWay what is under way in the fleet, in words
   */
  public LevelPages(
      FleetStore fleet,
      MapKeeper maps,
      Supplier<Optional<String>> underWay,
      Clock clock,
      Runnable changed) {
    this.fleet = fleet;
    this.maps = maps;
    this.underWay = underWay;
    this.clock = clock;
    this.changed = changed;
  }

  /** GET looks; POST raises, with the ids of those who are left behind as body, one a line. */
  Response answer(Request request) throws RefusedException {
    switch (request.method()) {
      case "GET":
        return page(judged(Set.of()));
      case "POST":
        return page(raise(boxes(request.body())));
      default:
        throw new RefusedException(Problem.NOT_FOUND, "no page " + request.path());
    }
  }

  private synchronized Raise raise(Set<BoxId> leave) throws RefusedException {
    Raise raise = judged(leave);
    if (!raise.isPossible()) {
      throw new RefusedException(Problem.NOT_NOW, words(raise));
    }
    fleet.transaction(
        () -> {
          raise.left(clock.instant()).forEach(fleet::put);
          return null;
        });
    maps.raise(raise.to());
    changed.run();
    LOG.log(
        System.Logger.Level.INFO,
        "the neighbourhood''s level is {0} now; left behind: {1}",
        raise.to(),
        ids(raise.behind()));
    return raise;
  }

  private Raise judged(Set<BoxId> leave) {
    return Raise.of(maps.level(), maps.known(), fleet.boxes(), leave, underWay.get());
  }

  private static Set<BoxId> boxes(byte[] body) throws RefusedException {
    Set<BoxId> boxes = new LinkedHashSet<>();
    try {
      for (String line : new String(body, StandardCharsets.UTF_8).split("\\s+")) {
        if (!line.isEmpty()) {
          boxes.add(new BoxId(line));
        }
      }
    } catch (IllegalArgumentException e) {
      throw new RefusedException(
          Problem.MALFORMED, "the body names the boxes that are left behind, an id a line", e);
    }
    return boxes;
  }

  private String words(Raise raise) {
    StringBuilder words = new StringBuilder(raise.refusal().orElse(""));
    if (raise.refusal().isEmpty()) {
      words
          .append(raise.hindrances().size())
          .append(" boxes run software that can't read level ")
          .append(raise.to())
          .append(": update them, or leave them behind by name (");
      raise.hindrances().stream()
          .limit(5)
          .forEach(
              box -> words.append(box.id()).append(" last seen ").append(seen(box)).append("; "));
      words.setLength(words.length() - 2);
      words.append(raise.hindrances().size() > 5 ? "; …)" : ")");
    }
    return words.toString();
  }

  private static String seen(FleetBox box) {
    return box.lastSeen().equals(java.time.Instant.EPOCH) ? "never" : box.lastSeen().toString();
  }

  private Response page(Raise raise) {
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("level", maps.level());
    page.put("headendReads", maps.known().most());
    page.put("next", raise.to());
    page.put("refusal", raise.refusal().orElse(""));
    page.put("cannotRead", entries(raise.hindrances()));
    page.put("leftBehind", entries(fleet.boxes().stream().filter(LevelPages::isBehind).toList()));
    return Response.ok("application/json", Json.write(page));
  }

  private static boolean isBehind(FleetBox box) {
    return !box.isMember() && box.isServed();
  }

  private static List<Object> entries(List<FleetBox> boxes) {
    List<Object> entries = new ArrayList<>();
    for (FleetBox box : boxes) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("id", box.id().text());
      entry.put("reads", box.reads());
      entry.put("online", box.online());
      entry.put("lastSeen", seen(box));
      entries.add(entry);
    }
    return entries;
  }

  private static List<String> ids(List<FleetBox> boxes) {
    return boxes.stream().map(box -> box.id().text()).toList();
  }
}
