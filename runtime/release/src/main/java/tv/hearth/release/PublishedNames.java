package tv.hearth.release;

import java.util.Map;
import java.util.Optional;
import tv.hearth.tuf.json.JsonException;
import tv.hearth.tuf.json.JsonObject;
import tv.hearth.tuf.json.JsonValue;

/**
 * What a published name stands for never changes: a box that has it would keep the old bytes, and a
 * release that names it would no longer verify.
 */
final class PublishedNames {
  private PublishedNames() {}

  /** Refuses targets of which one is published with other bytes. */
  static void check(Map<String, JsonValue> published, Map<String, ? extends JsonValue> next)
      throws ReleaseToolException {
    for (Map.Entry<String, ? extends JsonValue> each : next.entrySet()) {
      Optional<String> before = sha256(published, each.getKey());
      if (before.isPresent() && !before.equals(sha256(next, each.getKey()))) {
        throw new ReleaseToolException(
            each.getKey()
                + " is published already, with other bytes, and boxes may have it: build it under"
                + " a version that was never published");
      }
    }
  }

  /**
   * Refuses targets that leave out what is published: a box that was off for years comes home over
   * the releases that were there when it went off.
   */
  static void checkKept(Map<String, JsonValue> published, Map<String, JsonValue> next)
      throws ReleaseToolException {
    for (String name : published.keySet()) {
      if (!next.containsKey(name)) {
        throw new ReleaseToolException(
            name
                + " is published and is not among the staged targets: releases stay, for boxes that"
                + " were off go over them; stage anew, hearth release build");
      }
    }
  }

  /** The hash that one of them has; empty where there is none of that name. */
  static Optional<String> sha256(Map<String, ? extends JsonValue> targets, String name)
      throws ReleaseToolException {
    JsonValue target = targets.get(name);
    if (target == null) {
      return Optional.empty();
    }
    try {
      JsonObject hashes = JsonObject.as(JsonObject.class, name, target).object("hashes");
      return Optional.of(hashes.text("sha256"));
    } catch (JsonException e) {
      throw new ReleaseToolException(name + " is listed without a SHA-256", e);
    }
  }
}
