package tv.hearth.support.release;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the firmware itself has of ours, by the locations that its bundles were installed from:
 * whatever a release has put into those bundles since, there lies what the firmware came with.
 */
public final class FirmwareSet {
  /** Libraries and {@code api} start before all else. */
  private static final int BASICS = 100;

  private static final int OTHERS = 500;

  private FirmwareSet() {}

  /**
   * The set, read from the firmware's files. Its versions are left empty: the jar says it.
   *
   * @throws IOException where the firmware has none, or one can't be read
   */
  public static SetRecord of(Frame frame) throws IOException {
    Map<String, Frame.Placed> newest = new HashMap<>();
    for (Frame.Placed bundle : frame.bundles()) {
      if (bundle.isManaged() && !bundle.location().startsWith(OsgiFrame.LOCATION)) {
        newest.merge(
            bundle.symbolicName(), bundle, (one, other) -> one.id() > other.id() ? one : other);
      }
    }
    if (newest.isEmpty()) {
      throw new IOException("the firmware has no bundles of ours");
    }
    List<UnitRecord> units = new ArrayList<>();
    for (Frame.Placed bundle : newest.values()) {
      units.add(unit(bundle));
    }
    return of(units);
  }

  /** Those bundles as the firmware's set. */
  public static SetRecord of(List<UnitRecord> units) {
    return new SetRecord("", "firmware", "0", 0, 0, units, Map.of());
  }

  /** Where a bundle of the firmware stands among those that start. */
  public static int order(String symbolicName) {
    boolean isBasic =
        symbolicName.startsWith("tv.hearth.lib.") || symbolicName.equals("tv.hearth.api");
    return isBasic ? BASICS : OTHERS;
  }

  private static UnitRecord unit(Frame.Placed bundle) throws IOException {
    try (InputStream jar = BundleStore.source(bundle.location());
        Counted counted = new Counted(jar)) {
      String sha256 = BundleStore.hash(counted);
      return new UnitRecord(
          bundle.symbolicName(),
          "",
          sha256,
          counted.bytes(),
          order(bundle.symbolicName()),
          bundle.location());
    }
  }
}
