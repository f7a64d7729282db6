package tv.hearth.update;

import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import tv.hearth.api.update.UpdateException;
import tv.hearth.tuf.client.TargetFile;

/** Fetches targets of one repository. Thread-safe. */
public interface PayloadFetcher {
  /**
   * Fetches a target whole. What is in the file from an earlier call that was cut short may be used
   * again; the file's bytes are checked against the target's length and hashes before this returns.
   *
   * @param target as trusted metadata has it; it lies at {@code DIRECTORY/SHA256.NAME} beneath the
   *     targets' base, as repositories with consistent snapshots have it
   * @param into written in place; its folder exists. Files beside it whose names begin with its
   *     name belong to the fetcher and are deleted with it
   * @param cancelled asked between chunks
   * @throws UpdateException DOWNLOAD where it could not be had in a bounded number of attempts,
   *     UNTRUSTED where it is not what was signed, STORAGE, CANCELLED
   */
  Traffic fetch(TargetFile target, Path into, BooleanSupplier cancelled) throws UpdateException;

  /**
   * Payload bytes that came over the line.
   *
   * @param originBytes from the repository
   * @param neighbourBytes from neighbours
   */
  record Traffic(long originBytes, long neighbourBytes) {
    /** Nothing came. */
    public static final Traffic NONE = new Traffic(0, 0);

    /** Both together. */
    public Traffic plus(Traffic other) {
      return new Traffic(originBytes + other.originBytes, neighbourBytes + other.neighbourBytes);
    }
  }
}
