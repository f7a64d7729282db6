package tv.hearth.tests.benchmarks.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tv.hearth.launcher.hood.Gateway;

/**
 * Plays in real time without any buffer: asks for each part at the moment at which it is to be
 * shown, so that whatever holds a byte up makes it late by as much. The clock never waits for it.
 * Starts anew at the end of the film. Reads and checks in a thread of its own.
 */
final class PacedPlayer implements AutoCloseable {
  private static final int PART = 1 << 18;
  private static final long GIVE_UP = TimeUnit.SECONDS.toNanos(60);
  private static final long RETRY = TimeUnit.MILLISECONDS.toNanos(20);
  private final Gateway gateway;
  private final String path;
  private final long length;
  private final double bytesPerNano;
  private final Thread thread = new Thread(this::play, "paced-player");
  private volatile boolean stopped;
  private volatile Exception problem;
  private long bytes;
  private long wrong;
  private long refused;
  private long latest;

  /**
   * Begins to play.
   *
   * @param rate bytes a second
   */
  PacedPlayer(String base, String name, long length, long rate) {
    this.gateway = new Gateway(base);
    this.path = "film/" + Gateway.encode(name);
    this.length = length / PART * PART;
    this.bytesPerNano = rate / 1e9;
    thread.setDaemon(true);
    thread.start();
  }

  /** Since it was last asked. */
  record Seen(long latestNanos, long refused, long bytes, long wrong) {}

  /** What was seen since the last call. */
  synchronized Seen seen() throws IOException {
    if (problem != null) {
      throw new IOException("the player gave up", problem);
    }
    Seen seen = new Seen(latest, refused, bytes, wrong);
    latest = 0;
    refused = 0;
    bytes = 0;
    wrong = 0;
    return seen;
  }

  private void play() {
    byte[] came = new byte[PART];
    byte[] meant = new byte[PART];
    long begin = System.nanoTime();
    try {
      for (long at = 0; !stopped; at += PART) {
        long due = begin + (long) (at / bytesPerNano);
        for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
          LockSupport.parkNanos(wait);
        }
        TestFile.fill(ByteBuffer.wrap(meant), at % length);
        part(at % length, came, due);
        note(System.nanoTime() - due, Arrays.equals(came, meant));
      }
    } catch (IOException | RuntimeException e) {
      problem = e;
    }
  }

  private synchronized void note(long late, boolean right) {
    latest = Math.max(latest, late);
    bytes += PART;
    wrong += right ? 0 : PART;
  }

  private void part(long from, byte[] into, long due) throws IOException {
    int have = 0;
    while (have < into.length) {
      String range = "bytes=" + (from + have) + "-" + (from + into.length - 1);
      try (InputStream in = gateway.open(path, range).body()) {
        for (int read = 0; read >= 0 && have < into.length; have += Math.max(0, read)) {
          read = in.read(into, have, into.length - have);
        }
      } catch (IOException e) {
        again(due, e);
      }
    }
  }

  private void again(long due, IOException e) throws IOException {
    if (stopped || System.nanoTime() - due > GIVE_UP) {
      throw e;
    }
    synchronized (this) {
      refused++;
      latest = Math.max(latest, System.nanoTime() - due);
    }
    LockSupport.parkNanos(RETRY);
  }

  @Override
  public void close() {
    stopped = true;
    thread.interrupt();
  }
}
