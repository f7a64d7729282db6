package tv.hearth.transfer.core;

/**
 * What one neighbour may ask of this box: requests at a time, requests and record bytes in time.
 * Not thread-safe; time comes in.
 */
public final class Allowance {
  /** Requests are counted in thousandths, so that a bucket fills smoothly. */
  private static final long COST = 1000;

  private final Quotas quotas;
  private final TokenBucket requests;
  private final TokenBucket records;
  private int open;

  /**
   * Limits for each neighbour.
   *
   * @param concurrent requests at a time
   * @param requestsPerSecond in the mean; a second's worth may come at once, as a reader's first
   *     requests do
   * @param recordBytesPerSecond in the mean
   */
  public record Quotas(int concurrent, int requestsPerSecond, long recordBytesPerSecond) {}

  /** A full allowance. */
  public Allowance(Quotas quotas, long now) {
    this.quotas = quotas;
    requests = new TokenBucket(quotas.requestsPerSecond() * COST, 1, now);
    records = new TokenBucket(quotas.recordBytesPerSecond(), now);
  }

  /** Begins a request, unless that is too much. */
  public boolean begin(long now) {
    if (open >= quotas.concurrent() || !requests.open(now)) {
      return false;
    }
    open++;
    requests.take(COST);
    return true;
  }

  /** A request that began has ended. */
  public void end() {
    open--;
  }

  /** Takes record bytes, unless that is too much. */
  public boolean records(long bytes, long now) {
    if (!records.open(now)) {
      return false;
    }
    records.take(bytes);
    return true;
  }

  /** True while requests are open. */
  public boolean isBusy() {
    return open > 0;
  }
}
