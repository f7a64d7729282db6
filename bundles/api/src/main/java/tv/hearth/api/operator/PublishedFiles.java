package tv.hearth.api.operator;

import java.io.IOException;
import java.util.Optional;

/**
 * The operator's repository of releases, where this headend serves it; else there is no such
 * service. Thread-safe.
 */
public interface PublishedFiles {
  /**
   * A file as boxes get it.
   *
   * @param name e.g. {@code metadata/timestamp.json}
   * @param limit the largest length in bytes that is read
   * @return empty where no such file is published
   * @throws IOException where it can't be read, or is longer; the message names it
   */
  Optional<byte[]> read(String name, int limit) throws IOException;
}
