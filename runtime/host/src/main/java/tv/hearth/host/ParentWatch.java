package tv.hearth.host;

import java.io.IOException;

/**
 * Ends this JVM when its standard input ends, so that no process outlives a test that was killed.
 */
final class ParentWatch {
  private ParentWatch() {}

  static void start() {
    Thread watch = new Thread(ParentWatch::drain, "hearth-parent-watch");
    watch.setDaemon(true);
    watch.start();
  }

  private static void drain() {
    try {
      while (System.in.read() >= 0) {
        Thread.onSpinWait();
      }
    } catch (IOException e) {
      System.err.println("standard input failed, ending: " + e.getMessage());
    }
    System.exit(0);
  }
}
