package tv.hearth.tuf.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tv.hearth.tuf.json.JsonException;
import tv.hearth.tuf.json.JsonObject;
import tv.hearth.tuf.json.JsonValue;

/** One walk through the delegations, in order and depth first. */
final class TargetSearch {
  /** Loads a delegated role. */
  interface Loader {
    Signed load(String role, RoleKeys keys) throws TufException, IOException, JsonException;
  }

  private static final Set<String> TOP_LEVEL =
      Set.of("root", "timestamp", "snapshot", "targets", "mirrors");

  private final Loader loader;
  private final int limit;
  private final Set<String> seen = new HashSet<>();
  private boolean stopped;

  TargetSearch(Loader loader, int limit) {
    this.loader = loader;
    this.limit = limit;
  }

  Optional<TargetFile> find(Signed role, String name)
      throws TufException, IOException, JsonException {
    JsonObject own = role.body().object("targets");
    if (own.find(name).isPresent()) {
      return Optional.of(target(name, own.object(name)));
    }
    if (role.body().find("delegations").isEmpty()) {
      return Optional.empty();
    }
    JsonObject delegations = role.body().object("delegations");
    if (delegations.find("roles").isEmpty()) {
      return Optional.empty();
    }
    for (JsonValue item : delegations.array("roles")) {
      JsonObject to = JsonObject.as(JsonObject.class, "roles", item);
      if (stopped || seen.size() >= limit) {
        return Optional.empty();
      }
      if (covers(to, name)) {
        String next = delegate(to);
        if (seen.add(next)) {
          RoleKeys keys = RoleKeys.of(delegations.object("keys"), to);
          Optional<TargetFile> found = find(loader.load(next, keys), name);
          if (found.isPresent()) {
            return found;
          }
        }
        stopped |= to.truth("terminating");
      }
    }
    return Optional.empty();
  }

  /** A delegate's name; one of a top-level role's would take that role's place in the store. */
  private static String delegate(JsonObject role) throws JsonException {
    String name = role.text("name");
    if (TOP_LEVEL.contains(name)) {
      throw new JsonException("a delegated role has the top-level name " + name);
    }
    return name;
  }

  private static TargetFile target(String name, JsonObject json) throws JsonException {
    boolean custom = json.find("custom").isPresent();
    JsonObject more = custom ? json.object("custom") : new JsonObject(Map.of());
    var hashes = FileMeta.hashes(json);
    if (json.whole("length") < 0 || hashes.isEmpty()) {
      throw new JsonException("target " + name + " has no length or hash");
    }
    return new TargetFile(name, json.whole("length"), hashes, more);
  }

  private static boolean covers(JsonObject role, String name) throws JsonException {
    if (role.find("paths").isPresent()) {
      return role.texts("paths").stream().anyMatch(path -> Glob.matches(path, name));
    }
    if (role.find("path_hash_prefixes").isPresent()) {
      String hash = sha256(name);
      return role.texts("path_hash_prefixes").stream().anyMatch(hash::startsWith);
    }
    return false;
  }

  private static String sha256(String name) {
    try {
      byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256", e);
    }
  }
}
