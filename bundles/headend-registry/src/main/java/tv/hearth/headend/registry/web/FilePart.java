package tv.hearth.headend.registry.web;

import java.nio.file.Path;

/**
 * Bytes of a file that an answer is made of.
 *
 * @param from first byte
 * @param length bytes
 * @param total bytes of the whole file
 */
public record FilePart(Path file, long from, long length, long total) {
  /** Whether it is less than the file. */
  public boolean isPartial() {
    return length != total;
  }

  /** As a Content-Range says it. */
  public String contentRange() {
    return "bytes " + from + "-" + (from + length - 1) + "/" + total;
  }
}
