package tv.hearth.objects.read;

import java.util.HashMap;
import java.util.Map;
import tv.hearth.api.value.BoxId;

/** Counts where the bytes of reads came from, for at most {@value #MOST} boxes. Thread-safe. */
public final class Sources {
  private static final int MOST = 4096;
  private final Map<String, Long> bytes = new HashMap<>();

  /** These bytes came from that box and were used. */
  public synchronized void add(BoxId box, long amount) {
    if (bytes.size() < MOST || bytes.containsKey(box.text())) {
      bytes.merge(box.text(), amount, Long::sum);
    }
  }

  /** Bytes by box id. */
  public synchronized Map<String, Long> read() {
    return Map.copyOf(bytes);
  }
}
