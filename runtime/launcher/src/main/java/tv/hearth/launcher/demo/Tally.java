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

  void add(Tally more) {
    bytes += more.bytes;
    wrongBytes += more.wrongBytes;
    stalls += more.stalls;
    stalledNanos += more.stalledNanos;
    filmSeconds += more.filmSeconds;
  }

  boolean right() {
    return wrongBytes == 0 && bytes > 0;
  }
}
