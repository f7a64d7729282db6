package tv.hearth.headend.campaign.shell;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.api.value.BoxId;
import tv.hearth.headend.campaign.rollout.Candidate;
import tv.hearth.headend.campaign.service.Fleet;

/** The fleet by the map, and by what the broker says of boxes' sessions. Thread-safe. */
final class FleetView implements Fleet {
  private static final int MOST = 100_000;
  private final Supplier<java.util.Optional<BoxMap>> map;
  private final Map<String, Boolean> states = new ConcurrentHashMap<>();

  FleetView(Supplier<java.util.Optional<BoxMap>> map) {
    this.map = map;
  }

  @Override
  public Collection<Candidate> boxes() {
    List<MapBox> boxes = map.get().map(BoxMap::boxes).orElse(List.of());
    Map<String, Candidate> all =
        boxes.stream()
            .filter(box -> box.isServed() && box.state() != MapBox.State.INGEST)
            .map(box -> candidate(box))
            .collect(Collectors.toMap(Candidate::box, c -> c));
    return all.values();
  }

  private Candidate candidate(MapBox box) {
    String id = box.id().text();
    return new Candidate(id, box.model(), box.location(), online(id));
  }

  @Override
  public boolean online(String box) {
    return Boolean.TRUE.equals(states.get(box));
  }

  @Override
  public boolean off(String box) {
    return Boolean.FALSE.equals(states.get(box));
  }

  /** A box's model; empty where it is in no map. */
  String model(String box) {
    return map.get().flatMap(m -> m.box(new BoxId(box))).map(MapBox::model).orElse("");
  }

  /** True where that box is a member, or is updated to be one again: nobody else is listened to. */
  boolean member(String box) {
    return map.get().flatMap(m -> m.box(new BoxId(box))).filter(MapBox::isServed).isPresent();
  }

  /**
   * What the broker says, also of a box that no map has yet: it says it once.
   *
   * @return false where too many boxes are known
   */
  boolean said(String box, boolean on) {
    if (states.size() >= MOST && !states.containsKey(box)) {
      return false;
    }
    states.put(box, on);
    return true;
  }
}
