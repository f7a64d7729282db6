package tv.hearth.tuf.release;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tv.hearth.support.level.Levels;

/**
 * What of a published release says whether the way to another leads over it. Immutable.
 *
 * @param target its name among the signed targets
 * @param versions its bundles, symbolic name to version
 */
public record Stone(
    String target,
    long counter,
    List<String> models,
    Levels levels,
    LeastVersions from,
    Map<String, String> versions) {
  /** Copies. */
  public Stone {
    models = List.copyOf(models);
    versions = Map.copyOf(versions);
  }

  /** Of a release. */
  public static Stone of(String target, ReleaseFile release) {
    Map<String, String> versions = new HashMap<>();
    release.bundles().forEach(bundle -> versions.put(bundle.symbolicName(), bundle.version()));
    return new Stone(
        target, release.counter(), release.models(), release.levels(), release.from(), versions);
  }

  /** Whether a box may take it as far as model and level go. */
  boolean suits(String model, int level) {
    return (models.contains("*") || models.contains(model)) && levels.has(level);
  }

  /** Whether a box that runs that one may take this one. */
  boolean follows(Stone before) {
    return counter > before.counter && from.tooOld(before.versions).isEmpty();
  }
}
