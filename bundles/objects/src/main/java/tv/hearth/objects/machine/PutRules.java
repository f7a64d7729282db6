package tv.hearth.objects.machine;

import java.util.concurrent.TimeUnit;
import tv.hearth.objects.core.CodeShape;

/**
 * The figures and conditions of a put: when a holder is asked again or given up, when the put is
 * acknowledged and when it is hopeless. Stateless; times are nanoseconds. A test may replace a rule
 * to see that its absence is noticed.
 */
public class PutRules {
  /** No holder took a byte for that long: the put fails. */
  public static final long STANDSTILL = TimeUnit.SECONDS.toNanos(120);

  private static final long LAG = TimeUnit.SECONDS.toNanos(2);
  private static final int LAG_FACTOR = 3;
  private final CodeShape shape;
  private final RetrySchedule retries;

  /** Of a class's figures. */
  public PutRules(CodeShape shape, RetrySchedule retries) {
    this.shape = shape;
    this.retries = retries;
  }

  /** When a chunk is sent again to the same holder. */
  public final RetrySchedule retries() {
    return retries;
  }

  /**
   * How long those who have a batch wait for those who lack it: 2 s, or three times as long as they
   * took themselves.
   */
  public long patience(long tookThemselves) {
    return Math.max(LAG, LAG_FACTOR * tookThemselves);
  }

  /** True where those who lack a batch may be given up: the others suffice to acknowledge. */
  public boolean suffice(int alive, int lacking) {
    return lacking > 0 && alive - lacking >= shape.ack();
  }

  /** True while enough holders are left, counting on spares only where pieces can be made again. */
  public boolean hope(int alive, int spares) {
    return alive >= shape.ack() || alive >= shape.k() && alive + spares >= shape.ack();
  }

  /** True where lost pieces can be made again from so many stored ones. */
  public boolean restores(int stored) {
    return stored >= shape.k();
  }

  /** True where so many stored pieces are enough to say that the segment is safe. */
  public boolean acknowledged(int stored) {
    return stored >= shape.ack();
  }
}
