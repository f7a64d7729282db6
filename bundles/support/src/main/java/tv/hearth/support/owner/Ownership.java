package tv.hearth.support.owner;

import java.util.Set;

/** Whose a bundle is, by its symbolic name. */
public final class Ownership {
  private static final String OURS = "tv.hearth.";
  private static final Set<String> FIRMWARE = Set.of("tv.hearth.anchor", "tv.hearth.vendor-api");
  private static final Set<String> BASE =
      Set.of("tv.hearth.api", "tv.hearth.crypto", "tv.hearth.update");

  private Ownership() {}

  /** Ours: an update may restart it. */
  public static boolean isOurs(String symbolicName) {
    return symbolicName != null && symbolicName.startsWith(OURS);
  }

  /** A release may bring, change or leave it out. */
  public static boolean isManaged(String symbolicName) {
    return isOurs(symbolicName)
        && !FIRMWARE.contains(symbolicName)
        && !symbolicName.startsWith(OURS + "runtime.")
        && !symbolicName.startsWith(OURS + "tests.");
  }

  /** What every release must bring, for boxes refuse one without. */
  public static Set<String> base() {
    return BASE;
  }

  /** No release may leave it out: without it the next release could not come. */
  public static boolean isBase(String symbolicName) {
    return BASE.contains(symbolicName) || isOurs(symbolicName) && !isManaged(symbolicName);
  }
}
