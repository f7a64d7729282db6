package tv.hearth.transfer.core;

/**
 * A bucket of bytes that fills at a rate. It may go into debt by one take, so that a take may be
 * larger than the bucket; the debt is waited for afterwards. Not thread-safe; time comes in.
 */
final class TokenBucket {
  private static final double NANOS = 1e9;

  /** What a line may save up: short, so that bytes flow evenly. */
  private static final double BURST_SECONDS = 0.1;

  private final double burstSeconds;
  private double rate;
  private double level;
  private long filledAt;

  TokenBucket(long bytesPerSecond, long now) {
    this(bytesPerSecond, BURST_SECONDS, now);
  }

  /** With so many seconds' worth of burst. */
  TokenBucket(long bytesPerSecond, double burstSeconds, long now) {
    this.burstSeconds = burstSeconds;
    rate = bytesPerSecond;
    level = rate * burstSeconds;
    filledAt = now;
  }

  void rate(long bytesPerSecond, long now) {
    fill(now);
    rate = bytesPerSecond;
    level = Math.min(level, rate * burstSeconds);
  }

  boolean open(long now) {
    fill(now);
    return rate > 0 && level >= 0;
  }

  void take(long bytes) {
    level -= bytes;
  }

  /** Nanoseconds until it is open; {@link Long#MAX_VALUE} at rate 0. */
  long delay(long now) {
    fill(now);
    if (rate <= 0) {
      return Long.MAX_VALUE;
    }
    return level >= 0 ? 0 : (long) Math.ceil(-level / rate * NANOS);
  }

  private void fill(long now) {
    level = Math.min(rate * burstSeconds, level + Math.max(0, now - filledAt) / NANOS * rate);
    filledAt = now;
  }
}
