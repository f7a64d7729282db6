package tv.hearth.release;

import java.util.List;
import tv.hearth.tuf.json.JsonObject;

/**
 * Who signs for a role.
 *
 * @param keys public keys as metadata lists them
 * @param threshold how many of them must, 1 or more
 */
public record Role(List<JsonObject> keys, int threshold) {
  /** Copies the list; IllegalArgumentException where the threshold can't be reached. */
  public Role {
    keys = List.copyOf(keys);
    if (threshold < 1 || threshold > keys.stream().distinct().count()) {
      throw new IllegalArgumentException(
          "a threshold of " + threshold + " with " + keys.stream().distinct().count() + " keys");
    }
  }

  List<String> keyIds() {
    return keys.stream().map(SigningKey::keyId).distinct().toList();
  }
}
