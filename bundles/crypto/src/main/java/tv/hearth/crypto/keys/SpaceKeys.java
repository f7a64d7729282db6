package tv.hearth.crypto.keys;

import tv.hearth.crypto.primitive.Secret;

/**
 * The keys of one space, each for one purpose.
 *
 * @param names HMAC key of names
 * @param heads seals the content of heads
 * @param objects wraps object keys
 */
public record SpaceKeys(Secret names, Secret heads, Secret objects) {
  static SpaceKeys household(Secret root) {
    return derive(root, "hearth/household/v1/");
  }

  static SpaceKeys catalogue(Secret root) {
    return derive(root, "hearth/catalogue/v1/");
  }

  private static SpaceKeys derive(Secret root, String prefix) {
    return new SpaceKeys(
        root.derive(prefix + "names"),
        root.derive(prefix + "heads"),
        root.derive(prefix + "objects"));
  }
}
