package tv.hearth.transfer.core;

/**
 * Watches that bytes keep moving: at least a rate, over each window. Time that this side spends
 * waiting for its own turn does not count. Not thread-safe; time comes in.
 */
public final class Progress {
  private final long least;
  private final long window;
  private long start;
  private long moved;
  private boolean held;

  /**
   * A watch.
   *
   * @param bytesPerSecond least rate
   * @param windowNanos over which it is taken
   */
  public Progress(long bytesPerSecond, long windowNanos, long now) {
    this.least = Math.max(1, bytesPerSecond * windowNanos / 1_000_000_000L);
    this.window = windowNanos;
    this.start = now;
  }

  /** Bytes came or went. */
  public void moved(long bytes) {
    moved += bytes;
  }

  /** From now on it is this side that waits. */
  public void hold() {
    held = true;
  }

  /** From now on the other side is awaited; a new window begins. */
  public void resume(long now) {
    held = false;
    start = now;
    moved = 0;
  }

  /** True where a window passed with too little. */
  public boolean stalled(long now) {
    if (held || now - start < window) {
      return false;
    }
    boolean stalled = moved < least;
    start = now;
    moved = 0;
    return stalled;
  }
}
