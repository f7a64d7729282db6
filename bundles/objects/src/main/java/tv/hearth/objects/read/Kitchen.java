package tv.hearth.objects.read;

import java.util.Comparator;
import java.util.stream.IntStream;
import tv.hearth.api.identity.Identity;
import tv.hearth.api.identity.IdentityException;
import tv.hearth.api.identity.Role;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.OwnerId;
import tv.hearth.objects.core.HolderHealth;
import tv.hearth.objects.io.Boxes;
import tv.hearth.objects.io.ObjectMeters;
import tv.hearth.objects.io.Services;
import tv.hearth.objects.io.Workers;
import tv.hearth.support.record.PlacementRecord;

/** What every fetch shares, and the order in which holders are asked. Thread-safe. */
public record Kitchen(
    Services services,
    Workers workers,
    Boxes boxes,
    HolderHealth health,
    ObjectMeters meters,
    PieceSource source,
    Sources sources) {

  /** This box. */
  BoxId self() {
    return services.identity().call(Identity::box);
  }

  /** True where the object belongs to this box's household. */
  boolean owns(OpenObject object) {
    OwnerId owner = object.descriptor().owner();
    try {
      return services
          .identity()
          .call(
              me -> me.roles().contains(Role.HOUSEHOLD) && me.owner(Role.HOUSEHOLD).equals(owner));
    } catch (IdentityException e) {
      return false;
    }
  }

  /**
   * The pieces that are placed, best first: holders without a complaint before slow ones, dead ones
   * and liars; then this box, boxes at its location, the others; then data before parity.
   */
  int[] order(OpenObject object, PlacementRecord placement, long now) {
    BoxMap map = services.map().orElse(null);
    BoxId self = self();
    String here = location(map, self);
    boolean home = object.home() && owns(object);
    int k = object.layout().k();
    return IntStream.range(0, placement.holders().size())
        .filter(i -> placement.receipts().get(i).length() > 0 || home && i < k)
        .boxed()
        .sorted(
            Comparator.<Integer>comparingInt(
                    i -> home && i < k ? 0 : health.standing(placement.holders().get(i), now))
                .thenComparingInt(i -> distance(map, self, here, placement.holders().get(i)))
                .thenComparingInt(i -> i))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static int distance(BoxMap map, BoxId self, String here, BoxId holder) {
    if (holder.equals(self)) {
      return 0;
    }
    return location(map, holder).equals(here) ? 1 : 2;
  }

  private static String location(BoxMap map, BoxId box) {
    return map == null ? "" : map.box(box).map(MapBox::location).orElse("");
  }
}
