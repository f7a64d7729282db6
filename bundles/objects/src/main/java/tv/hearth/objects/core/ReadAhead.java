package tv.hearth.objects.core;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Notices who reads an object from front to back and says how far ahead of them to fetch. A window
 * opens at the second read that follows on one before, doubles with each further one and is bounded
 * so that all readers together stay within the budget. Bounded to {@value #MOST} readers, the
 * longest silent forgotten first. Not thread-safe.
 */
public final class ReadAhead {
  private static final int MOST = 32;
  private static final int FIRST = 2;
  private final int budget;
  private final long silence;
  private final Map<Long, Stream> streams = new LinkedHashMap<>();
  private long counter;

  /**
   * No reader yet.
   *
   * @param budget units that all windows together may take
   * @param silence after which a reader no longer counts, in the unit of {@code now}
   */
  public ReadAhead(int budget, long silence) {
    this.budget = budget;
    this.silence = silence;
  }

  /**
   * A reader takes units {@code first…last} of an object.
   *
   * @param stripe the least window, in units: a whole stripe is fetched at least
   * @return the last unit to fetch ahead; {@code last} where nothing
   */
  public long read(Object object, long first, long last, int stripe, long now) {
    streams.values().removeIf(stream -> now - stream.seen > silence);
    Stream stream = follow(object, first);
    if (stream == null) {
      stream = new Stream(object);
      if (streams.size() >= MOST) {
        streams.remove(streams.keySet().iterator().next());
      }
      streams.put(counter++, stream);
    }
    stream.window = last > stream.last ? grow(stream, stripe) : stream.window;
    stream.last = last;
    stream.seen = now;
    return stream.runs < FIRST ? last : last + stream.window;
  }

  private Stream follow(Object object, long first) {
    for (Stream stream : streams.values()) {
      boolean next = first == stream.last || first == stream.last + 1;
      if (stream.object.equals(object) && next) {
        return stream;
      }
    }
    return null;
  }

  private int grow(Stream stream, int stripe) {
    stream.runs++;
    int share = Math.max(1, budget / Math.max(1, streams.size()));
    int most = Math.max(Math.min(stripe, budget), share);
    return Math.min(most, Math.max(stripe, stream.window * 2));
  }

  private static final class Stream {
    private final Object object;
    private long last = -1;
    private long seen;
    private int runs;
    private int window;

    Stream(Object object) {
      this.object = object;
    }
  }
}
