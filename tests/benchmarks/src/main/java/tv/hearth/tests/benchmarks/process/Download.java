package tv.hearth.tests.benchmarks.process;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;
import java.util.zip.CRC32C;
import tv.hearth.launcher.hood.Gateway;

/** Reads a whole object through a box's gateway, as a program on the LAN does. */
final class Download {
  private static final int PART = 128 << 10;

  private Download() {}

  /**
   * Reads to the end.
   *
   * @param so called with the bytes so far
   * @throws IOException where bytes are missing or their CRC-32C is another
   */
  static void whole(String base, String name, long length, long sum, LongConsumer so)
      throws IOException {
    CRC32C crc = new CRC32C();
    byte[] part = new byte[PART];
    long at = 0;
    try (InputStream in = new Gateway(base).open("film/" + Gateway.encode(name), "").body()) {
      for (int read = in.read(part); read >= 0; read = in.read(part)) {
        crc.update(part, 0, read);
        at += read;
        so.accept(at);
      }
    }
    if (at != length || crc.getValue() != sum) {
      throw new IOException(
          "WRONG BYTES of " + name + ": " + at + " of " + length + ", CRC-32C " + crc.getValue());
    }
  }
}
