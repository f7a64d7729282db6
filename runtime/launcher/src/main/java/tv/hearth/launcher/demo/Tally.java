package tv.hearth.launcher.demo;

import tv.hearth.launcher.ui.Words;

/** What reading showed. One thread at a time. */
final class Tally {
  private static final long SECOND = 1_000_000_000;
  private static final long MILLISECOND = 1_000_000;
  long bytes;
  long wrongBytes;
  long nanos;
  int seeks;
  long slowestSeekNanos;
  int stalls;
  long stalledNanos;
  long startNanos;
  double filmSeconds;

  void add(Tally more) {
    bytes += more.bytes;
    wrongBytes += more.wrongBytes;
    stalls += more.stalls;
    stalledNanos += more.stalledNanos;
    filmSeconds += more.filmSeconds;
  }

  /** {@code 0 stalls}, {@code 1 stall of 12 ms}, {@code 3 stalls of 1.4 s in all}. */
  String stallsInWords() {
    String count = Words.count(stalls, "stall", "stalls");
    if (stalls == 0) {
      return count;
    }
    // One of some milliseconds would be one of 0.0 s.
    String time =
        stalledNanos < SECOND
            ? Math.max(1, stalledNanos / MILLISECOND) + " ms"
            : Words.seconds(stalledNanos);
    return count + " of " + time + (stalls == 1 ? "" : " in all");
  }

  boolean right() {
    return wrongBytes == 0 && bytes > 0;
  }
}
