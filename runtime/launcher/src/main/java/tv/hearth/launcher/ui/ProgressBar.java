package tv.hearth.launcher.ui;

import java.io.PrintStream;

/** A bar on a terminal's last line, drawn at most ten times a second. */
public final class ProgressBar implements Progress {
  private static final int WIDTH = 30;
  private static final long REDRAW_NANOS = 100_000_000;
  private final PrintStream out;
  private String what = "";
  private long total = 1;
  private long began;
  private long drawn;

  /** On {@code out}, which must be a terminal. */
  public ProgressBar(PrintStream out) {
    this.out = out;
  }

  @Override
  public void begin(String newWhat, long newTotal) {
    what = newWhat;
    total = Math.max(1, newTotal);
    began = System.nanoTime();
    draw(0);
  }

  @Override
  public void at(long done) {
    if (System.nanoTime() - drawn > REDRAW_NANOS) {
      draw(done);
    }
  }

  private void draw(long done) {
    drawn = System.nanoTime();
    int filled = (int) (WIDTH * Math.min(done, total) / total);
    String bar = "█".repeat(filled) + "░".repeat(WIDTH - filled);
    long seconds = (drawn - began) / 1_000_000_000;
    out.print("\r  " + bar + "  " + what + "  " + 100 * done / total + " %  " + seconds + " s ");
    out.flush();
  }

  @Override
  public void end() {
    out.print("\r" + " ".repeat(WIDTH + what.length() + 24) + "\r");
    out.flush();
  }
}
