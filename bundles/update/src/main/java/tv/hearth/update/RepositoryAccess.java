package tv.hearth.update;

import java.net.URI;
import tv.hearth.tuf.client.MetadataFetcher;

/**
 * A way to repositories, one a kind of URI: a service within this bundle. Thread-safe.
 *
 * <p>Payloads that were fetched are kept by the update agent in {@code
 * hearth.home/update/store/SHA256.jar} (lower-case hexadecimal) as long as a set of bundles needs
 * them, and before that in {@code hearth.home/update/store/incoming/SHA256.part}.
 */
public interface RepositoryAccess {
  /** Whether this one can reach a base of that scheme. */
  boolean serves(URI base);

  /** Metadata beneath {@code base/metadata/}. Every call is bounded in time. */
  MetadataFetcher metadata(URI base);

  /** Targets beneath {@code base/targets/}. */
  PayloadFetcher payloads(URI base);
}
