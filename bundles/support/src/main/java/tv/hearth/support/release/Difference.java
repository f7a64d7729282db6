package tv.hearth.support.release;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What must be done with the framework's bundles to make them a set.
 *
 * @param changed bundles with other content than the set's, and the unit that each becomes
 * @param removed bundles that the set does not have
 * @param added units that the framework does not have
 * @param same bundles that are as the set has them
 */
record Difference(
    Map<Frame.Placed, UnitRecord> changed,
    List<Frame.Placed> removed,
    List<UnitRecord> added,
    Map<Frame.Placed, UnitRecord> same) {

  /**
   * Compares.
   *
   * @param believe whether marks count; else each bundle's content is read
   */
  static Difference between(
      Frame frame, SetRecord set, BundleStore store, Marks marks, boolean believe)
      throws IOException, FrameException {
    Difference difference =
        new Difference(new HashMap<>(), new ArrayList<>(), new ArrayList<>(), new HashMap<>());
    Map<String, Frame.Placed> found = new HashMap<>();
    for (Frame.Placed bundle : frame.bundles()) {
      if (!bundle.isManaged()) {
        continue;
      }
      Optional<UnitRecord> unit = set.unit(bundle.symbolicName());
      if (unit.isEmpty() || found.putIfAbsent(bundle.symbolicName(), bundle) != null) {
        difference.removed.add(bundle);
      } else if (isSame(frame, bundle, unit.get(), store, marks, believe)) {
        difference.same.put(bundle, unit.get());
      } else {
        difference.changed.put(bundle, unit.get());
      }
    }
    for (UnitRecord unit : set.units()) {
      if (!found.containsKey(unit.symbolicName())) {
        difference.added.add(unit);
      }
    }
    return difference;
  }

  /** Units whose jars it takes. */
  List<UnitRecord> needed() {
    List<UnitRecord> needed = new ArrayList<>(changed.values());
    needed.addAll(added);
    return needed;
  }

  boolean isEmpty() {
    return changed.isEmpty() && removed.isEmpty() && added.isEmpty();
  }

  private static boolean isSame(
      Frame frame,
      Frame.Placed bundle,
      UnitRecord unit,
      BundleStore store,
      Marks marks,
      boolean believe)
      throws IOException, FrameException {
    Optional<String> known = marks.of(bundle);
    if (believe && known.isPresent()) {
      return known.get().equals(unit.sha256());
    }
    boolean isOther = !unit.version().isEmpty() && !unit.version().equals(bundle.version());
    if (isOther || !store.has(unit)) {
      return false;
    }
    boolean same = frame.holds(bundle.id(), store.open(unit));
    if (same) {
      marks.put(bundle, unit.sha256());
    } else {
      marks.forget(bundle.id());
    }
    return same;
  }
}
