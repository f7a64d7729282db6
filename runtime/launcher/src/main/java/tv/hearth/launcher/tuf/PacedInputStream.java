package tv.hearth.launcher.tuf;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Ends a download that comes too slowly to ever end (slow retrieval): after a time of grace it must
 * have kept up a mean rate. One thread.
 */
final class PacedInputStream extends FilterInputStream {
  static final Duration GRACE = Duration.ofSeconds(30);
  static final int BYTES_PER_SECOND = 1024;

  private final InstantSource clock;
  private final long start;
  private long count;

  PacedInputStream(InputStream in, InstantSource clock) {
    super(in);
    this.clock = clock;
    this.start = clock.millis();
  }

  @Override
  public int read() throws IOException {
    int one = in.read();
    paced(one < 0 ? 0 : 1);
    return one;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    int read = in.read(into, from, length);
    paced(Math.max(read, 0));
    return read;
  }

  private void paced(int more) throws IOException {
    count += more;
    long late = clock.millis() - start - GRACE.toMillis();
    if (late > 0 && count < late * BYTES_PER_SECOND / 1000) {
      throw new IOException("slower than " + BYTES_PER_SECOND + " bytes a second: given up");
    }
  }
}
