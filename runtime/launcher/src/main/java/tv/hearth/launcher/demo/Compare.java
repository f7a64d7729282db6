package tv.hearth.launcher.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Holds what a gateway serves against the file that was stored, byte for byte. */
final class Compare {
  private static final int PART = 64 << 10;

  private Compare() {}

  /**
   * Reads {@code served} to its end; adds to the tally what came and what differs from {@code
   * length} bytes at {@code from}.
   */
  static void stream(InputStream served, Path stored, long from, long length, Tally tally)
      throws IOException {
    byte[] came = new byte[PART];
    byte[] meant = new byte[PART];
    long left = length;
    try (InputStream in = served;
        InputStream file = Files.newInputStream(stored)) {
      file.skipNBytes(from);
      for (int read = in.read(came); read >= 0; read = in.read(came)) {
        int known = file.readNBytes(meant, 0, (int) Math.min(read, left));
        tally.bytes += read;
        tally.wrongBytes += read - known + differing(came, meant, known);
        left -= known;
      }
    }
    tally.wrongBytes += left;
  }

  private static long differing(byte[] a, byte[] b, int length) {
    if (Arrays.equals(a, 0, length, b, 0, length)) {
      return 0;
    }
    long count = 0;
    for (int i = 0; i < length; i++) {
      count += a[i] == b[i] ? 0 : 1;
    }
    return count;
  }
}
