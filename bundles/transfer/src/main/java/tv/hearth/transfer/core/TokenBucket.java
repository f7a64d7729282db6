package tv.hearth.transfer.core;

/**
 * A bucket of bytes that fills at a rate. It may go into debt by one take, so that a take may be
 * larger than the bucket; the debt is waited for afterwards. Not thread-safe; time comes in.
 */
final class TokenBucket {
  private static final double NANOS = 1e9;

  /** Tenths of a second that may be saved up: 100 ms. */
  private static final double BURST_SECONDS = 0.1;

  private double rate;
  private double level;
  private long filledAt;

  TokenBucket(long bytesPerSecond, long now) {
    rate = bytesPerSecond;
    level = rate * BURST_SECONDS;
    filledAt = now;
  }

  void rate(long bytesPerSecond, long now) {
    fill(now);
    rate = bytesPerSecond;
    level = Math.min(level, rate * BURST_SECONDS);
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
    level = Math.min(rate * BURST_SECONDS, level + Math.max(0, now - filledAt) / NANOS * rate);
    filledAt = now;
  }
}
