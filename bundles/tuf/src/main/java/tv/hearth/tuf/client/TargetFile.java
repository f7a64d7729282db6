package tv.hearth.tuf.client;

import java.util.Map;
import tv.hearth.tuf.json.JsonObject;

/**
 * What trusted metadata says of a target.
 *
 * @param length bytes
 * @param hashes algorithm to lower-case hexadecimal
 * @param custom empty where there is none
 */
public record TargetFile(String name, long length, Map<String, String> hashes, JsonObject custom) {
  /** Copies the hashes. */
  public TargetFile {
    hashes = Map.copyOf(hashes);
  }
}
