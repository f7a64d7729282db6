package tv.hearth.mqtt;

/** Wakes one thread; a call that comes early is not lost. Thread-safe. */
final class Signal {
  private boolean raised;

  synchronized void raise() {
    raised = true;
    notifyAll();
  }

  /** Waits until raised or the time is over, and lowers it. */
  synchronized void await(long millis) throws InterruptedException {
    long end = System.nanoTime() / 1_000_000 + millis;
    long left = millis;
    while (!raised && left > 0) {
      wait(left);
      left = end - System.nanoTime() / 1_000_000;
    }
    raised = false;
  }
}
