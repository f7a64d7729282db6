package tv.hearth.update.plan;

import java.io.IOException;

/** This box can't keep or read its trusted metadata: no fault of the repository. */
final class MetadataStoreException extends IOException {
  private static final long serialVersionUID = 1L;

  MetadataStoreException(IOException cause) {
    super(
        "the trusted metadata can't be kept or read; is the disk full or read-only? "
            + cause.getMessage(),
        cause);
  }
}
