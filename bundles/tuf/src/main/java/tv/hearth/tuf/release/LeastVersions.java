package tv.hearth.tuf.release;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * From what a release can be installed: bundles that, where a box has them, must be of a version at
 * least. By bundles, for neither a release's version nor its counter says what code ran on a box:
 * the firmware's set has no counter, and a fleet that was taken back has old bundles under a high
 * one. Immutable.
 *
 * @param bundles symbolic name to version
 */
public record LeastVersions(SortedMap<String, String> bundles) {
  /** From whatever a box has. */
  public static final LeastVersions NONE = new LeastVersions(new TreeMap<>());

  /** Copies; {@link IllegalArgumentException} for a version that can't be. */
  public LeastVersions {
    bundles = Collections.unmodifiableSortedMap(new TreeMap<>(bundles));
    bundles.values().forEach(BundleVersion::parse);
  }

  /** True where a box may have anything. */
  public boolean isEmpty() {
    return bundles.isEmpty();
  }

  /**
   * What of a box is too old, in words; empty where nothing is.
   *
   * @param installed its bundles, symbolic name to version; one that is not there is not too old
   */
  public List<String> tooOld(Map<String, String> installed) {
    List<String> old = new ArrayList<>();
    bundles.forEach(
        (name, least) -> {
          String there = installed.get(name);
          if (there != null && isBelow(there, least)) {
            old.add(name + " " + there + " (from " + least + " on)");
          }
        });
    return old;
  }

  /** A version that can't be read is older than any. */
  private static boolean isBelow(String there, String least) {
    try {
      return BundleVersion.parse(there).compareTo(BundleVersion.parse(least)) < 0;
    } catch (IllegalArgumentException e) {
      return true;
    }
  }
}
