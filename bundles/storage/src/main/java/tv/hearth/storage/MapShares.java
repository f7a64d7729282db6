package tv.hearth.storage;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.OwnerId;

/** Shares by what the neighbourhood's map says of an owner. Thread-safe. */
final class MapShares implements Shares {
  private final Supplier<Optional<BoxMap>> map;
  private final double household;
  private final double authority;
  private volatile Households last = new Households(null, Map.of());

  /** The boxes of households in one map. */
  private record Households(BoxMap map, Map<OwnerId, BoxId> boxes) {}

  MapShares(Supplier<Optional<BoxMap>> map, double household, double authority) {
    this.map = map;
    this.household = household;
    this.authority = authority;
  }

  @Override
  public double of(OwnerId owner) {
    boolean isAuthority = map.get().map(now -> now.contentKeys().containsKey(owner)).orElse(false);
    return isAuthority ? authority : household;
  }

  @Override
  public Optional<BoxId> box(OwnerId owner) {
    return map.get().map(now -> households(now).get(owner));
  }

  private Map<OwnerId, BoxId> households(BoxMap now) {
    Households known = last;
    if (known.map() != now) {
      Map<OwnerId, BoxId> boxes = new HashMap<>();
      for (MapBox box : now.boxes()) {
        if (box.isMember()) {
          boxes.put(box.household(), box.id());
        }
      }
      known = new Households(now, boxes);
      last = known;
    }
    return known.boxes();
  }
}
