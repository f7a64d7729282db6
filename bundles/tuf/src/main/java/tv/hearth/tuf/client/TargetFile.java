package tv.hearth.tuf.client;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import tv.hearth.tuf.json.JsonObject;

/**
 * What trusted metadata says of a target.
 *
 * @param length bytes
 * @param hashes algorithm to lower-case hexadecimal, in the order of the metadata
 * @param custom empty where there is none
 */
public record TargetFile(String name, long length, Map<String, String> hashes, JsonObject custom) {
  /** Copies the hashes, and keeps their order. */
  public TargetFile {
    hashes = Collections.unmodifiableMap(new LinkedHashMap<>(hashes));
  }
}
