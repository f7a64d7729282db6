package tv.hearth.update.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tv.hearth.api.update.UpdateException;
import tv.hearth.api.update.UpdateException.Problem;
import tv.hearth.support.owner.Ownership;
import tv.hearth.support.release.SetRecord;
import tv.hearth.support.release.UnitRecord;
import tv.hearth.tuf.client.TargetFile;
import tv.hearth.tuf.json.CanonicalJson;
import tv.hearth.tuf.release.ReleaseBundle;
import tv.hearth.tuf.release.ReleaseFile;

/** What a release may be, whoever signed it. Pure. */
public final class Rules {
  private static final List<String> FORBIDDEN =
      List.of("Bundle-Activator", "Fragment-Host", "Require-Bundle", "DynamicImport-Package");

  private Rules() {}

  /**
   * The release as a set.
   *
   * @param model of this box
   * @param level of the neighbourhood; 0 where it is not known now
   * @param good what runs here
   * @param floor the highest counter that was ever good here
   * @throws UpdateException BAD_RELEASE, NOT_APPLICABLE, UNTRUSTED where a bundle is not a signed
   *     target, or another one than the release means
   */
  public static SetRecord set(
      String target, Ports.Signed signed, String model, int level, SetRecord good, long floor)
      throws UpdateException {
    ReleaseFile release = signed.release();
    if (level > 0 && !release.levels().has(level)) {
      throw new UpdateException(
          Problem.NOT_APPLICABLE,
          target
              + " knows levels "
              + release.levels()
              + ", and this neighbourhood is at level "
              + level
              + ": it could not read what this box holds");
    }
    if (!release.fits(model)) {
      throw new UpdateException(
          Problem.NOT_APPLICABLE, target + " is not for boxes of model " + model);
    }
    // At the floor is what ran here before the firmware was replaced, and may again.
    if (release.counter() <= good.counter() || release.counter() < floor) {
      throw notAbove(target, release, good, Math.max(floor, good.counter()));
    }
    List<String> tooOld = release.from().tooOld(versions(good));
    if (!tooOld.isEmpty()) {
      throw new UpdateException(
          Problem.NOT_APPLICABLE,
          target
              + " can't be installed over what is here, "
              + String.join(", ", tooOld)
              + ": install a release between first; campaigns of a headend that serves the"
              + " repository do so");
    }
    List<UnitRecord> units = new ArrayList<>();
    for (ReleaseBundle bundle : release.bundles()) {
      units.add(unit(bundle, signed.targets().get(bundle.symbolicName())));
    }
    for (UnitRecord unit : good.units()) {
      boolean isMissing =
          units.stream().noneMatch(u -> u.symbolicName().equals(unit.symbolicName()));
      if (isMissing && Ownership.isBase(unit.symbolicName())) {
        throw bad("leaves out " + unit.symbolicName() + ", which no release may");
      }
    }
    return new SetRecord(
        target,
        release.name(),
        release.version(),
        release.counter(),
        release.healthWindowSeconds(),
        units,
        configurations(release));
  }

  private static Map<String, String> versions(SetRecord set) {
    Map<String, String> versions = new TreeMap<>();
    set.units().forEach(unit -> versions.put(unit.symbolicName(), unit.version()));
    return versions;
  }

  private static Map<String, String> configurations(ReleaseFile release) {
    Map<String, String> configurations = new TreeMap<>();
    release
        .configurations()
        .forEach(
            (pid, values) ->
                configurations.put(
                    pid, new String(CanonicalJson.encode(values), StandardCharsets.UTF_8)));
    return configurations;
  }

  /** Told apart by counter and bytes: a name alone says nothing of what was signed under it. */
  private static UpdateException notAbove(
      String target, ReleaseFile release, SetRecord good, long least) {
    if (!target.equals(good.target()) || release.counter() != good.counter()) {
      return new UpdateException(
          Problem.NOT_APPLICABLE,
          target
              + " has counter "
              + release.counter()
              + ", and this box had "
              + least
              + ": to go back, sign the old bundles as a release with a higher counter");
    }
    Set<String> others = others(release, good);
    return others.isEmpty()
        ? new UpdateException(Problem.NOT_APPLICABLE, target + " runs here, byte for byte")
        : bad(
            "has name and counter of the one that runs here, and is another in "
                + String.join(", ", others)
                + ": it was published twice; sign it with a name and a higher counter of its own");
  }

  private static Set<String> others(ReleaseFile release, SetRecord good) {
    Set<String> others = new TreeSet<>();
    good.units().forEach(unit -> others.add(unit.symbolicName()));
    for (ReleaseBundle bundle : release.bundles()) {
      boolean isSame =
          good.unit(bundle.symbolicName())
              .filter(unit -> unit.sha256().equals(bundle.sha256()))
              .isPresent();
      if (isSame) {
        others.remove(bundle.symbolicName());
      } else {
        others.add(bundle.symbolicName());
      }
    }
    if (!configurations(release).equals(good.configurations())) {
      others.add("its configuration");
    }
    return others;
  }

  private static UnitRecord unit(ReleaseBundle bundle, TargetFile target) throws UpdateException {
    String name = bundle.symbolicName();
    if (!Ownership.isManaged(name)) {
      throw bad("brings " + name + ", which is the firmware's or a vendor's");
    }
    for (String header : FORBIDDEN) {
      if (bundle.headers().containsKey(header)) {
        throw bad("brings " + name + " with " + header + ", which no bundle of a release may have");
      }
    }
    if (target == null) {
      throw new UpdateException(
          Problem.UNTRUSTED, "the release names " + name + ", which is no signed target");
    }
    if (!bundle.sha256().equals(target.hashes().get("sha256"))) {
      throw new UpdateException(
          Problem.UNTRUSTED, "the release means another " + name + " than the one that was signed");
    }
    return new UnitRecord(
        name, bundle.version(), bundle.sha256(), target.length(), bundle.startOrder(), "");
  }

  private static UpdateException bad(String what) {
    return new UpdateException(Problem.BAD_RELEASE, "the release " + what);
  }
}
