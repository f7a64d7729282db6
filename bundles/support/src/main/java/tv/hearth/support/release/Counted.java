package tv.hearth.support.release;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts what is read of a stream. One thread at a time. */
public final class Counted extends FilterInputStream {
  private long bytes;

  /** Over a stream, which is closed with this. */
  public Counted(InputStream in) {
    super(in);
  }

  /** How many were read so far. */
  public long bytes() {
    return bytes;
  }

  @Override
  public int read() throws IOException {
    int b = super.read();
    bytes += b < 0 ? 0 : 1;
    return b;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int n = super.read(into, offset, length);
    bytes += Math.max(0, n);
    return n;
  }
}
