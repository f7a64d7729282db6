package tv.hearth.mqtt;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;

/**
 * Lets nothing be read before something was written. Paho waits in a loop until its receiver runs;
 * a receiver that has failed by then (a broker that closes at once, as it does over a certificate)
 * would leave that loop, and its thread, behind for good. The connect packet is written after the
 * loop.
 */
final class SpeakFirst {
  private final CountDownLatch spoken = new CountDownLatch(1);

  /** Reading waits, uninterruptibly, for {@link #release} or a first write. */
  InputStream reading(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read() throws IOException {
        await();
        return in.read();
      }

      @Override
      public int read(byte[] into, int offset, int count) throws IOException {
        await();
        return in.read(into, offset, count);
      }

      @Override
      public int available() throws IOException {
        await();
        return in.available();
      }
    };
  }

  OutputStream writing(OutputStream out) {
    return new FilterOutputStream(out) {
      @Override
      public void write(int value) throws IOException {
        release();
        out.write(value);
      }

      @Override
      public void write(byte[] bytes, int offset, int count) throws IOException {
        release();
        out.write(bytes, offset, count);
      }
    };
  }

  void release() {
    spoken.countDown();
  }

  private void await() {
    boolean interrupted = false;
    while (spoken.getCount() > 0) {
      try {
        spoken.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
