package tv.hearth.anchor;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import tv.hearth.support.release.FrameException;

/** The anchor's one thread: looks once a second, or when it is woken. */
final class Watch {
  private static final Logger LOG = System.getLogger(Watch.class.getName());
  private static final long PAUSE_MILLIS = 1_000;

  private final Look guard;
  private final Thread thread = new Thread(this::run, "hearth-anchor");
  private boolean asked;
  private boolean stopped;

  /** Looks after the last good set. */
  @FunctionalInterface
  interface Look {
    void at(long now, boolean asked) throws IOException, FrameException;
  }

  Watch(Look guard) {
    this.guard = guard;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  synchronized void wake() {
    asked = true;
    notifyAll();
  }

  synchronized void stop() {
    stopped = true;
    notifyAll();
  }

  private void run() {
    String last = "";
    while (pause()) {
      try {
        guard.at(System.nanoTime() / 1_000_000, wasAsked());
        last = "";
      } catch (IOException | FrameException | RuntimeException | Error e) {
        // Errors too: without this thread nothing brings the box back.
        if (!String.valueOf(e.getMessage()).equals(last)) {
          last = String.valueOf(e.getMessage());
          LOG.log(Level.ERROR, "the last good set could not be looked after: " + last, e);
        }
      }
    }
  }

  private synchronized boolean pause() {
    try {
      if (!asked && !stopped) {
        wait(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      stopped = true; // somebody else's wish, but a wish to end
    }
    return !stopped;
  }

  private synchronized boolean wasAsked() {
    boolean was = asked;
    asked = false;
    return was;
  }
}
