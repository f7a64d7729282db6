package tv.hearth.objects.read;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import tv.hearth.api.value.ObjectId;

/**
 * Opened units, and those on their way, so that nobody fetches a unit twice. Keeps {@value #MOST}
 * finished ones (8 MiB), the longest unused go first. Thread-safe.
 */
final class Units {
  private static final int MOST = 128;
  private final Map<Key, CompletableFuture<byte[]>> units = new LinkedHashMap<>(256, 0.75f, true);

  record Key(ObjectId object, long unit) {}

  /** A unit that is there or on its way, or null. */
  synchronized CompletableFuture<byte[]> get(Key key) {
    return units.get(key);
  }

  /** Says that the caller is going to fetch a unit; null where somebody else already is. */
  synchronized CompletableFuture<byte[]> claim(Key key) {
    if (units.containsKey(key)) {
      return null;
    }
    CompletableFuture<byte[]> promise = new CompletableFuture<>();
    units.put(key, promise);
    return promise;
  }

  /** A claimed unit is there. */
  void done(Key key, CompletableFuture<byte[]> promise, byte[] plain) {
    promise.complete(plain);
    trim();
  }

  /** A claimed unit won't come. */
  void failed(Key key, CompletableFuture<byte[]> promise, Throwable why) {
    synchronized (this) {
      units.remove(key, promise);
    }
    promise.completeExceptionally(why);
  }

  /** Nothing that is on its way will come. */
  void failAll(Throwable why) {
    List<CompletableFuture<byte[]>> open;
    synchronized (this) {
      open = units.values().stream().filter(promise -> !promise.isDone()).toList();
      units.values().removeAll(open);
    }
    open.forEach(promise -> promise.completeExceptionally(why));
  }

  private synchronized void trim() {
    Iterator<CompletableFuture<byte[]>> eldest = units.values().iterator();
    while (units.size() > MOST && eldest.hasNext()) {
      if (eldest.next().isDone()) {
        eldest.remove();
      }
    }
  }
}
