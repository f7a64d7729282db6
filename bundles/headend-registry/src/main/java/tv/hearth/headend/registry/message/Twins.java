package tv.hearth.headend.registry.message;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tv.hearth.api.value.BoxId;

/**
 * Boxes that said, as they came back to the broker, that another one has their identity; at most
 * one entry a member. Thread-safe.
 */
public final class Twins {
  /** User property of a box's state. */
  static final String PROPERTY = "twin";

  private final Map<BoxId, Instant> since = new ConcurrentHashMap<>();

  /** A box came to the broker and said so, or did not. */
  void came(BoxId box, boolean twin, Instant now) {
    if (twin) {
      since.putIfAbsent(box, now);
    } else {
      since.remove(box);
    }
  }

  /** Since when that box is known to be two. */
  public Optional<Instant> since(BoxId box) {
    return Optional.ofNullable(since.get(box));
  }

  /** For health; empty where there are none. */
  public String trouble() {
    return since.isEmpty()
        ? ""
        : "two boxes each have one identity (copied data partitions?): "
            + since.keySet().stream().sorted().limit(3).toList()
            + (since.size() > 3 ? " and " + (since.size() - 3) + " more" : "")
            + "; find and wipe one of each";
  }
}
