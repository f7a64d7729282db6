package tv.hearth.headend.registry.web;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.neighbourhood.Endpoint;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.api.value.BoxId;
import tv.hearth.headend.registry.enrol.RefusedException;
import tv.hearth.headend.registry.enrol.RefusedException.Problem;
import tv.hearth.headend.registry.fleet.Departure;
import tv.hearth.headend.registry.fleet.FleetBox;
import tv.hearth.headend.registry.map.MapKeeper;
import tv.hearth.headend.registry.message.Twins;
import tv.hearth.headend.registry.store.CatalogueStore;
import tv.hearth.headend.registry.store.FleetStore;

/** The operator's pages: the fleet as JSON, and where a box stands. */
public final class FleetPages {
  private static final Pattern CHANGE =
      Pattern.compile("/v1/fleet/box/([a-z2-7]{32})/(state|weight|location)");
  private static final Pattern LOCATION = Pattern.compile("[A-Za-z0-9._:/-]{1,64}");
  private final String neighbourhood;
  private final FleetStore fleet;
  private final CatalogueStore catalogue;
  private final MapKeeper maps;
  private final Twins twins;
  private final Clock clock;
  private final Runnable fleetChanged;
  private final LevelPages level;

  /** Over the registry. */
  public FleetPages(
      String neighbourhood,
      FleetStore fleet,
      CatalogueStore catalogue,
      MapKeeper maps,
      Twins twins,
      Clock clock,
      Runnable fleetChanged,
      LevelPages level) {
    this.level = level;
    this.neighbourhood = neighbourhood;
    this.fleet = fleet;
    this.catalogue = catalogue;
    this.maps = maps;
    this.twins = twins;
    this.clock = clock;
    this.fleetChanged = fleetChanged;
  }

  /** Answers the operator, whose certificate was checked. */
  Response answer(Request request) throws RefusedException {
    if (request.method().equals("GET") && request.path().equals("/v1/fleet")) {
      return Response.ok("application/json", Json.write(fleet()));
    }
    if (request.path().equals(LevelPages.PATH)) {
      return level.answer(request);
    }
    Matcher change = CHANGE.matcher(request.path());
    if (request.method().equals("POST") && change.matches()) {
      String value = new String(request.body(), StandardCharsets.UTF_8).strip();
      FleetBox box = change(new BoxId(change.group(1)), change.group(2), value);
      fleetChanged.run();
      String claim = fleet.claims().getOrDefault(box.id(), "");
      return Response.ok("application/json", Json.write(box(box, claim)));
    }
    throw new RefusedException(Problem.NOT_FOUND, "no page " + request.path());
  }

  private FleetBox change(BoxId id, String what, String value) throws RefusedException {
    return fleet.transaction(
        () -> {
          FleetBox box =
              fleet
                  .box(id)
                  .orElseThrow(() -> new RefusedException(Problem.NOT_FOUND, "no box " + id));
          FleetBox changed = changed(box, what, value);
          fleet.put(changed);
          return changed;
        });
  }

  private FleetBox changed(FleetBox box, String what, String value) throws RefusedException {
    try {
      switch (what) {
        case "state":
          MapBox.State state = MapBox.State.valueOf(value.toUpperCase(Locale.ROOT));
          return state == MapBox.State.REMOVED
              ? box.removed(Departure.Why.OPERATOR, clock.instant())
              : box.admitted(state, clock.instant());
        case "weight":
          int weight = Integer.parseInt(value);
          if (weight < 0 || weight > 65_535) {
            throw new IllegalArgumentException("out of range");
          }
          return box.standing(weight, box.location());
        default:
          if (!LOCATION.matcher(value).matches()) {
            throw new IllegalArgumentException("not a PID");
          }
          return box.standing(box.weight(), value);
      }
    } catch (IllegalArgumentException e) {
      throw new RefusedException(
          Problem.MALFORMED,
          "the body must be a state (ACTIVE, INGEST, LEAVING, REMOVED), a weight (0…65535)"
              + " or a location (a PID of up to 64 characters)",
          e);
    }
  }

  private Map<String, Object> fleet() {
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("neighbourhood", neighbourhood);
    page.put("map", map(maps.map()));
    List<Object> boxes = new ArrayList<>();
    Map<BoxId, String> claims = fleet.claims();
    fleet.boxes().forEach(box -> boxes.add(box(box, claims.getOrDefault(box.id(), ""))));
    page.put("boxes", boxes);
    page.put("catalogue", catalogue.counts());
    page.put("certificates", fleet.certificates());
    return page;
  }

  private Map<String, Object> map(Optional<BoxMap> map) {
    Map<String, Object> page = new LinkedHashMap<>();
    if (map.isPresent()) {
      page.put("epoch", map.get().epoch());
      page.put("version", map.get().version());
      page.put("level", map.get().level());
      page.put("expires", map.get().expires().toString());
      page.put("boxes", map.get().boxes().size());
      page.put("bytes", maps.signed().length);
    }
    return page;
  }

  private Map<String, Object> box(FleetBox box, String claim) {
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("id", box.id().text());
    page.put("household", box.household().text());
    page.put("state", box.state().name());
    page.put("weight", box.weight());
    page.put("location", box.location());
    page.put("model", box.model());
    page.put("online", box.online());
    page.put("lastSeen", box.lastSeen().toString());
    page.put("enrolled", box.enrolled().toString());
    page.put("claim", claim);
    page.put("twin", twins.since(box.id()).map(Instant::toString).orElse(""));
    page.put("departure", box.departure().why().name());
    page.put("reads", box.reads());
    page.put("departed", box.isMember() ? "" : box.departure().since().toString());
    List<String> endpoints = new ArrayList<>();
    for (Endpoint endpoint : box.endpoints()) {
      endpoints.add(endpoint.toString());
    }
    page.put("endpoints", endpoints);
    return page;
  }
}
