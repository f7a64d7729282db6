package tv.hearth.vendor.objects;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Implemented by the caller: where a put takes its bytes from. Used by one thread at a time. */
@FunctionalInterface
public interface ByteSource {
  /**
   * Reads at least one byte at {@code offset}; offsets follow on each other, each from the end of
   * the read before.
   *
   * @throws IOException where it can't, or ends before the length that was said; the put fails
   *     whole
   */
  void read(long offset, ByteBuffer into) throws IOException;
}
