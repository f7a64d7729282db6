package tv.hearth.release;

import java.util.LinkedHashMap;
import java.util.Map;
import tv.hearth.tuf.json.JsonObject;
import tv.hearth.tuf.json.JsonValue;

/** Who signs what, as a root says it. */
public record Roles(Role root, Role targets, Role snapshot, Role timestamp) {
  /** The unsigned root that gives these. */
  JsonObject toRoot(long version, String expires) {
    Map<String, JsonValue> keys = new LinkedHashMap<>();
    Map<String, JsonValue> roles = new LinkedHashMap<>();
    add("root", root, keys, roles);
    add("targets", targets, keys, roles);
    add("snapshot", snapshot, keys, roles);
    add("timestamp", timestamp, keys, roles);
    return Json.object(
        "_type",
        "root",
        "spec_version",
        Repository.SPECIFICATION,
        "version",
        version,
        "expires",
        expires,
        "consistent_snapshot",
        true,
        "keys",
        new JsonObject(keys),
        "roles",
        new JsonObject(roles));
  }

  private static void add(
      String name, Role role, Map<String, JsonValue> keys, Map<String, JsonValue> roles) {
    role.keys().forEach(key -> keys.put(SigningKey.keyId(key), key));
    roles.put(name, Json.object("keyids", role.keyIds(), "threshold", role.threshold()));
  }
}
