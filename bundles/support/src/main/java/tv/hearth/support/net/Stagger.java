package tv.hearth.support.net;

import java.util.BitSet;
import java.util.OptionalInt;

/**
 * When which of some addresses is tried (RFC 8305, section 5): the next one a delay after the one
 * before, or as soon as that has failed; those before go on meanwhile. While one is connected and
 * says who it is, no other is begun. It keeps no time: whoever drives it tells it when the delay of
 * an attempt is over. Not thread-safe.
 */
public final class Stagger {
  /** Connection Attempt Delay of RFC 8305, milliseconds. */
  public static final long DELAY_MILLIS = 250;

  private final int count;
  private final BitSet running = new BitSet();
  private final BitSet connected = new BitSet();
  private int begun;
  private boolean goOn = true;

  /** For that many addresses. */
  public Stagger(int count) {
    this.count = count;
  }

  /** The attempt that is to be begun now; empty: none. */
  public OptionalInt next() {
    if (begun == count || !goOn || !connected.isEmpty()) {
      return OptionalInt.empty();
    }
    goOn = false;
    running.set(begun);
    return OptionalInt.of(begun++);
  }

  /** The delay after that attempt's begin is over; then {@link #next} tells. */
  public void isLate(int attempt) {
    goOn |= attempt == begun - 1;
  }

  /** That attempt has its connection, and is not done before it knows who is there. */
  public void isConnected(int attempt) {
    if (running.get(attempt)) {
      connected.set(attempt);
    }
  }

  /** That attempt failed, connected or not; then {@link #next} tells. */
  public void hasFailed(int attempt) {
    running.clear(attempt);
    connected.clear(attempt);
    goOn |= attempt == begun - 1 || running.isEmpty();
  }

  /** True where each has failed. */
  public boolean isLost() {
    return begun == count && running.isEmpty();
  }
}
