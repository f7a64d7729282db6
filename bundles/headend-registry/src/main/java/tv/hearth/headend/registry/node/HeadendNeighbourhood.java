package tv.hearth.headend.registry.node;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.neighbourhood.Endpoint;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.api.neighbourhood.Neighbourhood;
import tv.hearth.api.value.BoxId;

/**
 * The neighbourhood as its own headend knows it: the map that it made. It is no peer of gossip:
 * boxes tell it over the broker.
 */
public final class HeadendNeighbourhood implements Neighbourhood {
  private final String name;
  private final Supplier<Optional<BoxMap>> map;

  /** Of that name. */
  public HeadendNeighbourhood(String name, Supplier<Optional<BoxMap>> map) {
    this.name = name;
    this.map = map;
  }

  @Override
  public Optional<String> name() {
    return Optional.of(name);
  }

  @Override
  public Optional<BoxMap> map() {
    return map.get();
  }

  @Override
  public List<Endpoint> endpoints(BoxId box) {
    return map.get().flatMap(m -> m.box(box)).map(MapBox::endpoints).orElse(List.of());
  }

  @Override
  public boolean heard(byte[] signedEndpoint) {
    return false;
  }

  @Override
  public List<byte[]> gossip(int limit) {
    return List.of();
  }
}
