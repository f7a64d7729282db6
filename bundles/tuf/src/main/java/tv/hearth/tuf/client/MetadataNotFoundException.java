package tv.hearth.tuf.client;

import java.io.IOException;

/** The repository answered that it has no such file. */
public final class MetadataNotFoundException extends IOException {
  private static final long serialVersionUID = 1L;

  /** With the file's path. */
  public MetadataNotFoundException(String path) {
    super("the repository has no " + path);
  }
}
