package tv.hearth.placement;

import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.placement.PlacementPolicy;
import tv.hearth.api.placement.TooFewBoxesException;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;

/** Offers placement as a service. Has no settings: every box must come to the same answer. */
@Component
public final class PlacementComponent implements PlacementPolicy {
  private final PlacementPolicy policy = new RendezvousPlacement();

  /** Made by Declarative Services. */
  @Activate
  public PlacementComponent() {}

  @Override
  public Group group(BoxMap map, Bytes key, int k, int n, Set<BoxId> excluded, int spares)
      throws TooFewBoxesException {
    return policy.group(map, key, k, n, excluded, spares);
  }

  @Override
  public List<BoxId> replicas(BoxMap map, Bytes key, int copies) {
    return policy.replicas(map, key, copies);
  }
}
