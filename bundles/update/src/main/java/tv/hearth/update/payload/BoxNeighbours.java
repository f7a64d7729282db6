package tv.hearth.update.payload;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import tv.hearth.api.identity.Identity;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.api.neighbourhood.Neighbourhood;
import tv.hearth.api.payload.PayloadTransfer;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.support.gate.ServiceGate;
import tv.hearth.support.gate.ServiceMissingException;

/** Neighbours by the services of other bundles; without them there are none. Thread-safe. */
public final class BoxNeighbours implements Neighbours {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** Who this box is. */
  public final ServiceGate<Identity> identity =
      new ServiceGate<>("the box's identity (bundle crypto)", Duration.ofSeconds(30));

  /** Who is a member. */
  public final ServiceGate<Neighbourhood> neighbourhood =
      new ServiceGate<>("the neighbourhood (bundle membership)", PATIENCE);

  /** Calls to them. */
  public final ServiceGate<PayloadTransfer> transfer =
      new ServiceGate<>("calls to neighbours (bundle transfer)", PATIENCE);

  /** The neighbourhood's level; 0 while it is not known. */
  public int level() {
    return neighbourhood.now().flatMap(Neighbourhood::map).map(BoxMap::level).orElse(0);
  }

  @Override
  public BoxId self() {
    return identity.call(Identity::box);
  }

  @Override
  public List<BoxId> members() {
    BoxMap map = neighbourhood.now().flatMap(Neighbourhood::map).orElse(null);
    if (map == null || transfer.now().isEmpty()) {
      return List.of();
    }
    BoxId self = self();
    return map.boxes().stream()
        .filter(box -> box.isMember() && box.state() != MapBox.State.INGEST)
        .map(MapBox::id)
        .filter(id -> !id.equals(self))
        .toList();
  }

  @Override
  public CompletableFuture<BitSet> held(BoxId at, Bytes root) {
    return asked(() -> transfer.call(calls -> calls.held(at, root)));
  }

  @Override
  public CompletableFuture<byte[]> chunk(BoxId from, Bytes root, int index, int length) {
    return asked(() -> transfer.call(calls -> calls.chunk(from, root, index, length)));
  }

  private static <T> CompletableFuture<T> asked(Supplier<CompletableFuture<T>> call) {
    try {
      return call.get();
    } catch (ServiceMissingException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Nobody waits any more. */
  public void shut() {
    identity.shut();
    neighbourhood.shut();
    transfer.shut();
  }
}
