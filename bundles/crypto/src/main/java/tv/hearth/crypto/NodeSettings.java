package tv.hearth.crypto;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a node's keys come from.
 *
 * @param folder of the bundle's state
 * @param anchor PEM file of the operator's root certificate
 * @param claim file with the claim code
 * @param contentKey PEM file of the content authority's key, on ingest nodes
 * @param platformSecret file with at least 16 bytes that only this device has
 */
public record NodeSettings(
    Path folder,
    Path anchor,
    Optional<Path> claim,
    Optional<Path> contentKey,
    Optional<Path> platformSecret) {

  /** A box without claim code, content key and platform secret. */
  public static NodeSettings of(Path folder, Path anchor) {
    return new NodeSettings(folder, anchor, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** With a claim code. */
  public NodeSettings withClaim(Path file) {
    return new NodeSettings(folder, anchor, Optional.of(file), contentKey, platformSecret);
  }

  /** With the content authority's key. */
  public NodeSettings withContentKey(Path file) {
    return new NodeSettings(folder, anchor, claim, Optional.of(file), platformSecret);
  }
}
