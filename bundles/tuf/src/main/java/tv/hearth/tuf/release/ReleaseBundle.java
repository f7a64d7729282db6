package tv.hearth.tuf.release;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One bundle of a release.
 *
 * @param target its name among the signed targets
 * @param sha256 of its bytes, lower-case hexadecimal
 * @param startOrder lower starts first, 0…1000
 * @param headers of its manifest, as far as resolving needs them: so a box can resolve before it
 *     downloads. The jar's own must be the same once it is there.
 */
public record ReleaseBundle(
    String symbolicName,
    String version,
    String target,
    String sha256,
    int startOrder,
    Map<String, String> headers) {
  /** Copies the map. */
  public ReleaseBundle {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }
}
