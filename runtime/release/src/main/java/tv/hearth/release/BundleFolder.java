package tv.hearth.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import tv.hearth.support.owner.Ownership;
import tv.hearth.tuf.release.LeastVersions;

/**
 * A folder of jars that a release is made of, as the build exports it: what a release may not bring
 * (the firmware's bundles, a vendor's, other people's libraries) is left out and named.
 *
 * @param bundles what the release brings, in order of their file names
 * @param names their symbolic names
 * @param leftOut names of files that it may not bring
 */
public record BundleFolder(List<Path> bundles, Set<String> names, List<String> leftOut) {
  private static final String LIBRARIES = "tv.hearth.lib.";

  /** Copies the collections. */
  public BundleFolder {
    names = Set.copyOf(names);
    bundles = List.copyOf(bundles);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * Looks a folder through.
   *
   * @throws ReleaseToolException where it has no bundle of ours, or lacks one that boxes refuse
   *     every release without
   */
  public static BundleFolder read(Path folder) throws IOException, ReleaseToolException {
    List<Path> bundles = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Path jar : jars(folder)) {
      String name = symbolicName(jar);
      if (Ownership.isManaged(name)) {
        bundles.add(jar);
        names.add(name);
      } else {
        leftOut.add(jar.getFileName().toString());
      }
    }
    Set<String> missing = new TreeSet<>(Ownership.base());
    missing.removeAll(names);
    if (!missing.isEmpty()) {
      throw new ReleaseToolException(
          folder
              + " lacks "
              + String.join(", ", missing)
              + ", and boxes take no release without: a release is the whole set, such as"
              + " runtime/box/target/export/box");
    }
    return new BundleFolder(bundles, names, leftOut);
  }

  /**
   * From what these bundles can be installed.
   *
   * @param least {@code VERSION} for all of them that are no libraries, {@code BUNDLE=VERSION} for
   *     one; the last counts
   */
  public LeastVersions from(List<String> least) throws ReleaseToolException {
    SortedMap<String, String> all = new TreeMap<>();
    for (String each : least) {
      String[] parts = each.split("=", 2);
      if (parts.length == 2) {
        all.put(parts[0], parts[1]);
      } else {
        names.stream().filter(n -> !n.startsWith(LIBRARIES)).forEach(n -> all.put(n, each));
      }
    }
    try {
      return new LeastVersions(all);
    } catch (IllegalArgumentException e) {
      throw new ReleaseToolException("--from is VERSION or BUNDLE=VERSION; " + e.getMessage(), e);
    }
  }

  private static List<Path> jars(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }

  private static String symbolicName(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifest manifest = file.getManifest();
      String name =
          manifest == null ? null : manifest.getMainAttributes().getValue("Bundle-SymbolicName");
      return name == null ? "" : name.split(";", 2)[0].strip();
    }
  }
}
