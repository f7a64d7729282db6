package tv.hearth.launcher.demo;

/** What reading showed. One thread at a time. */
final class Tally {
  long bytes;
  long wrongBytes;
  long nanos;
  int seeks;
  long slowestSeekNanos;
  int stalls;
  long stalledNanos;
  long startNanos;
  double filmSeconds;

  boolean right() {
    return wrongBytes == 0 && bytes > 0;
  }
}
