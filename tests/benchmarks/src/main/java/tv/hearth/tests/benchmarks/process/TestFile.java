package tv.hearth.tests.benchmarks.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * Bytes that any program can make again: the 64-bit word at offset 8·i is SplitMix64's output for
 * state i. Every word differs from all others, so misplaced bytes show.
 */
final class TestFile {
  private static final int PART = 1 << 20;
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private TestFile() {}

  /** Writes {@code length} bytes; returns their CRC-32C. */
  static long write(Path file, long length) throws IOException {
    CRC32C sum = new CRC32C();
    ByteBuffer part = ByteBuffer.allocate(PART);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (long at = 0; at < length; at += PART) {
        fill(part.clear(), at);
        part.limit((int) Math.min(PART, length - at));
        sum.update(part.duplicate());
        while (part.hasRemaining()) {
          channel.write(part);
        }
      }
    }
    return sum.getValue();
  }

  /** Fills {@code part} with the bytes from {@code offset}, a multiple of 8. */
  static void fill(ByteBuffer part, long offset) {
    for (long i = offset / Long.BYTES; part.remaining() >= Long.BYTES; i++) {
      part.putLong(mix(i));
    }
    part.flip();
  }

  private static long mix(long state) {
    long z = (state + 1) * GOLDEN;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
