package tv.hearth.launcher.ui;

import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * For where no terminal is: a line from time to time, of what takes long alone, so that whoever
 * reads the log knows what is waited for and how far it is.
 */
public final class ProgressLines implements Progress {
  private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(15);
  private final PrintStream out;
  private final LongSupplier nanos;
  private String what = "";
  private long total = 1;
  private long began;
  private long told;

  /**
   * Onto {@code out}.
   *
   * @param nanos the clock
   */
  public ProgressLines(PrintStream out, LongSupplier nanos) {
    this.out = out;
    this.nanos = nanos;
  }

  @Override
  public void begin(String newWhat, long newTotal) {
    what = newWhat;
    total = Math.max(1, newTotal);
    began = nanos.getAsLong();
    told = began;
  }

  @Override
  public void at(long done) {
    long now = nanos.getAsLong();
    if (now - told >= EVERY_NANOS) {
      told = now;
      long seconds = TimeUnit.NANOSECONDS.toSeconds(now - began);
      out.println("  " + what + ": " + 100 * done / total + " % after " + seconds + " s");
      out.flush();
    }
  }

  @Override
  public void end() {
    // what comes next is said by whoever goes on
  }
}
