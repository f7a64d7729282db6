package tv.hearth.gateway.server;

import java.nio.ByteBuffer;
import java.util.List;
import tv.hearth.gateway.http.Desk;
import tv.hearth.gateway.http.Item;
import tv.hearth.gateway.http.VersionChangedException;
import tv.hearth.support.gate.ServiceGate;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.ObjectInfo;
import tv.hearth.vendor.objects.ObjectRef;
import tv.hearth.vendor.objects.ObjectStore;
import tv.hearth.vendor.objects.Shelf;

/** The store behind its gate: each call takes the service anew. Thread-safe; calls block. */
public final class StoreReader implements Desk.Catalogue {
  private final ServiceGate<ObjectStore> gate;

  /** Through that gate. */
  public StoreReader(ServiceGate<ObjectStore> gate) {
    this.gate = gate;
  }

  @Override
  public ObjectInfo stat(ObjectRef ref) throws ObjectFailure {
    return gate.call(store -> store.stat(ref));
  }

  @Override
  public List<ObjectInfo> list(Shelf shelf, String after) throws ObjectFailure {
    return gate.call(store -> store.list(shelf, after));
  }

  /**
   * Reads exactly {@code length} bytes of that version. Each attempt fills a buffer of its own: one
   * that a failed attempt left behind may still be written to.
   */
  ByteBuffer read(Item item, long from, int length) throws ObjectFailure {
    return gate.call(store -> read(store, item, from, length));
  }

  private static ByteBuffer read(ObjectStore store, Item item, long from, int length)
      throws ObjectFailure {
    ByteBuffer chunk = ByteBuffer.allocate(length);
    while (chunk.hasRemaining()) {
      int before = chunk.position();
      int count = store.read(item.ref(), from + before, chunk);
      if (count <= 0 || chunk.position() != before + count) {
        checkVersion(store, item);
        throw new ObjectFailure(
            ObjectFailure.Problem.DAMAGED, item.ref().name() + " ends before its length");
      }
    }
    checkVersion(store, item);
    return chunk.flip();
  }

  /** Asked after reading: if the version is still this one, the bytes were its own. */
  private static void checkVersion(ObjectStore store, Item item) throws ObjectFailure {
    if (!Item.tag(store.stat(item.ref())).equals(item.tag())) {
      throw new VersionChangedException();
    }
  }
}
