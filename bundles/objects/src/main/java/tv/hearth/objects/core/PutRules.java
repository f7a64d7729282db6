package tv.hearth.objects.core;

import java.util.concurrent.TimeUnit;
import tv.hearth.api.transfer.TransferException;

/**
 * When a put tries again, gives a holder up, or gives itself up. Immutable; times are nanoseconds.
 */
public final class PutRules {
  /** No holder took a byte for that long: the put fails. */
  public static final long STANDSTILL = TimeUnit.SECONDS.toNanos(120);

  private static final long LAG = TimeUnit.SECONDS.toNanos(2);
  private static final int LAG_FACTOR = 3;
  private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(2);
  private static final int BUSY_ATTEMPTS = 10;
  private static final int ATTEMPTS = 2;
  private final CodeShape shape;

  /** Of a class's figures. */
  public PutRules(CodeShape shape) {
    this.shape = shape;
  }

  /**
   * How a batch waits for its last holders.
   *
   * @param others how long all others took
   * @param since how long ago the last of them had it
   */
  public record Waiting(long others, long since) {}

  /**
   * True where those who still lack a batch may be given up: the others suffice to acknowledge, and
   * have waited 2 s and three times as long as they took themselves.
   */
  public boolean lags(int alive, int lacking, Waiting waiting) {
    boolean suffice = lacking > 0 && alive - lacking >= shape.ack();
    return suffice && waiting.since() > Math.max(LAG, LAG_FACTOR * waiting.others());
  }

  /** True while enough holders are left, counting on spares only where pieces can be made again. */
  public boolean hope(int alive, int spares) {
    return alive >= shape.ack() || alive >= shape.k() && alive + spares >= shape.ack();
  }

  /**
   * After how long a chunk is sent again to the same holder; −1: that holder is given up. Whoever
   * took nothing yet is replaced at once.
   */
  public static long retryAfter(TransferException.Problem problem, boolean began, int attempts) {
    int most;
    switch (problem) {
      case BUSY:
      case NOT_READY:
        most = BUSY_ATTEMPTS;
        break;
      case UNREACHABLE:
      case TIMEOUT:
        most = began ? ATTEMPTS : 0;
        break;
      case STOPPED:
        most = ATTEMPTS;
        break;
      default:
        most = 0;
    }
    return attempts > most ? -1 : Math.min(LONGEST_PAUSE, FIRST_PAUSE << Math.min(10, attempts));
  }
}
