package tv.hearth.launcher.hood;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * An answer's body that is given up where no byte comes for too long; Java's client itself waits
 * for ever. One thread at a time reads.
 */
final class PatientBody extends FilterInputStream {
  private static final ScheduledExecutorService WATCH =
      Executors.newSingleThreadScheduledExecutor(PatientBody::thread);
  private final Duration patience;
  private volatile boolean stalled;

  PatientBody(InputStream body, Duration patience) {
    super(body);
    this.patience = patience;
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "hearth-patience");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    ScheduledFuture<?> end =
        WATCH.schedule(this::giveUp, patience.toMillis(), TimeUnit.MILLISECONDS);
    try {
      return in.read(into, offset, length);
    } catch (IOException e) {
      throw stalled
          ? new IOException("no byte came for " + Waiting.words(patience) + ": try again", e)
          : e;
    } finally {
      end.cancel(false);
    }
  }

  private void giveUp() {
    stalled = true;
    try {
      in.close();
    } catch (IOException e) {
      System.getLogger(PatientBody.class.getName())
          .log(System.Logger.Level.DEBUG, "an answer that stalled did not end well", e);
    }
  }
}
