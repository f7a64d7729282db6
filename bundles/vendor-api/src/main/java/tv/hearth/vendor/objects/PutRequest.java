package tv.hearth.vendor.objects;

import java.util.List;
import java.util.function.LongConsumer;

/**
 * What to store.
 *
 * @param ref the name; path empty
 * @param length bytes of all content
 * @param contentType media type of a single file; empty: by the name's ending; ignored for a folder
 * @param files for a folder: its files in the order in which {@code source} gives their bytes;
 *     empty for a single file
 * @param source the content, files one after the other
 * @param progress told the bytes that are safe at holders, from time to time; must return at once
 */
public record PutRequest(
    ObjectRef ref,
    DurabilityClass durability,
    long length,
    String contentType,
    List<ObjectInfo.FileEntry> files,
    ByteSource source,
    LongConsumer progress) {
  /** Copies the list; throws {@link IllegalArgumentException} where lengths don't add up. */
  public PutRequest {
    files = List.copyOf(files);
    if (length < 0 || !ref.path().isEmpty()) {
      throw new IllegalArgumentException(
          "a put wants a name without path and a length of 0 or more");
    }
    if (!files.isEmpty()
        && files.stream().mapToLong(ObjectInfo.FileEntry::length).sum() != length) {
      throw new IllegalArgumentException("the files' lengths don't add up to " + length);
    }
  }
}
