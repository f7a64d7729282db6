package tv.hearth.tuf.client;

import java.io.IOException;
import java.io.InputStream;

/** Opens metadata by its path; it bounds the time, the client bounds the bytes. */
@FunctionalInterface
public interface MetadataFetcher {
  /**
   * The file's bytes; the caller closes them.
   *
   * @param path beneath the metadata's base, e.g. {@code 3.root.json}
   * @throws MetadataNotFoundException where the repository has no such file
   */
  InputStream open(String path) throws IOException;
}
