package tv.hearth.mqtt;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Watches the framing of MQTT packets as they pass (MQTT 5, section 2.1) and fails at the head of
 * one that is larger than announced. Paho would allocate up to 256 MiB before it looks.
 */
final class PacketLimit extends FilterInputStream {
  private static final int MOST_LENGTH_BYTES = 4;

  private final int most;
  private long bodyLeft;
  private int lengthBytes = -1;
  private long length;

  /** At most {@code most} bytes after the fixed header. */
  PacketLimit(InputStream in, int most) {
    super(in);
    this.most = most;
  }

  @Override
  public int read() throws IOException {
    int value = in.read();
    if (value >= 0) {
      watch(value);
    }
    return value;
  }

  @Override
  public int read(byte[] into, int offset, int count) throws IOException {
    int got = in.read(into, offset, count);
    int at = 0;
    while (at < got) {
      if (bodyLeft > 0) {
        int skipped = (int) Math.min(bodyLeft, got - at);
        bodyLeft -= skipped;
        at += skipped;
      } else {
        watch(into[offset + at++] & 0xff);
      }
    }
    return got;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void watch(int value) throws IOException {
    if (bodyLeft > 0) {
      bodyLeft--;
    } else if (lengthBytes < 0) {
      lengthBytes = 0;
      length = 0;
    } else {
      length += (long) (value & 0x7f) << 7 * lengthBytes++;
      if (value < 0x80) {
        begin();
      } else if (lengthBytes == MOST_LENGTH_BYTES) {
        throw new IOException("the broker sent a packet length that is no MQTT");
      }
    }
  }

  private void begin() throws IOException {
    lengthBytes = -1;
    bodyLeft = length;
    if (length > most) {
      throw new IOException(
          "the broker sent a packet of " + length + " bytes; at most " + most + " were announced");
    }
  }
}
