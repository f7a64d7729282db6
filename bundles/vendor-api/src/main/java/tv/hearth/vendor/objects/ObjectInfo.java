package tv.hearth.vendor.objects;

import java.time.Instant;
import java.util.List;

/**
 * What an object is and what it survives as placed.
 *
 * @param length bytes of its content, for a folder of all its files
 * @param contentType media type, as stored or by the name's ending
 * @param tag changes when the content does; good as an HTTP entity tag
 * @param files of a folder, in order of path; empty for a single file
 * @param siblings how many versions compete under this name (1: none)
 * @param stored when its head was written
 */
public record ObjectInfo(
    ObjectRef ref,
    long length,
    String contentType,
    String tag,
    DurabilityClass durability,
    List<FileEntry> files,
    int siblings,
    Instant stored,
    Survival survival) {
  /** Copies the list. */
  public ObjectInfo {
    files = List.copyOf(files);
  }

  /** True where it is a folder. */
  public boolean isFolder() {
    return !files.isEmpty();
  }

  /** A file in a folder: its path, length in bytes and media type. */
  public record FileEntry(String path, long length, String contentType) {}

  /**
   * What the object survives as placed, the worst of its segments.
   *
   * @param k pieces needed
   * @param n pieces placed
   * @param reachable holders of pieces that are reachable now, −1 where nobody asked
   */
  public record Survival(int k, int n, int reachable) {
    /** How many holders may be lost. */
    public int losses() {
      return n - k;
    }
  }
}
