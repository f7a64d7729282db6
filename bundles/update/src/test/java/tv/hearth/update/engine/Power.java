package tv.hearth.update.engine;

/** Counts what changes something outside memory, and goes off before the one that was chosen. */
final class Power {
  private long count;
  private long offAt = -1;

  /** Off before that many more changes; −1: never. */
  void offAfter(long changes) {
    count = 0;
    offAt = changes;
  }

  long count() {
    return count;
  }

  /** True where this change is the last, and is only half done. */
  boolean goesOff() {
    return count++ == offAt;
  }

  void use(String what) {
    if (goesOff()) {
      throw new Crash(what);
    }
  }
}
