package tv.hearth.host;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;

/**
 * Installs a folder of bundles by reference, so that a node's own storage stays small. Services of
 * the platform start first, so that configuration is there before anything of ours asks for it.
 */
final class BundleSet {
  static final int LAST_START_LEVEL = 5;

  private static final String OURS = "tv.hearth.";
  private static final String REFERENCE = "reference:";

  /** Location of what a release added, before its symbolic name. */
  private static final String ADDED = "hearth:";

  private BundleSet() {}

  /**
   * Brings the framework, which may have kept bundles of another firmware, to this folder's: what
   * came from a jar elsewhere goes. What releases added stays, unless the firmware has it itself
   * now; the anchor sees to what it must be.
   */
  static void install(Path folder, BundleContext context) throws IOException, BundleException {
    TreeSet<Path> jars = jars(folder);
    removeOthers(jars, context);
    List<Bundle> installed = new ArrayList<>();
    for (Path jar : jars) {
      Bundle bundle = context.installBundle(location(jar));
      bundle.adapt(BundleStartLevel.class).setStartLevel(startLevel(jar.getFileName().toString()));
      installed.add(bundle);
    }
    for (Bundle bundle : installed) {
      if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
        bundle.start();
      }
    }
  }

  /** Two bundles of one name, of which the framework may not even take the second. */
  private static void removeOthers(TreeSet<Path> jars, BundleContext context)
      throws IOException, BundleException {
    Set<String> names = new HashSet<>();
    for (Path jar : jars) {
      if (context.getBundle(location(jar)) == null) {
        names.add(symbolicName(jar));
      }
    }
    for (Bundle bundle : context.getBundles()) {
      String location = bundle.getLocation();
      boolean isOfFirmware = location.startsWith(REFERENCE);
      boolean isElsewhere =
          isOfFirmware && jars.stream().noneMatch(jar -> location(jar).equals(location));
      boolean isAddedAndNowOurs =
          location.startsWith(ADDED) && names.contains(bundle.getSymbolicName());
      if (isElsewhere || isAddedAndNowOurs) {
        bundle.uninstall();
      }
    }
  }

  private static String location(Path jar) {
    return REFERENCE + jar.toUri();
  }

  private static String symbolicName(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifest manifest = file.getManifest();
      String name =
          manifest == null
              ? null
              : manifest.getMainAttributes().getValue(Constants.BUNDLE_SYMBOLICNAME);
      return name == null ? "" : name.split(";", 2)[0].strip();
    }
  }

  /** How many are active, in words; those that are not are named. */
  static String active(BundleContext context) {
    List<String> not = new ArrayList<>();
    int count = 0;
    for (Bundle bundle : context.getBundles()) {
      if (bundle.getState() == Bundle.ACTIVE) {
        count++;
      } else if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
        not.add(bundle.getSymbolicName());
      }
    }
    return not.isEmpty()
        ? "all " + count + " bundles are active"
        : count + " bundles are active, not so " + String.join(", ", not);
  }

  private static TreeSet<Path> jars(Path folder) throws IOException {
    TreeSet<Path> jars = new TreeSet<>();
    if (!Files.isDirectory(folder)) {
      throw new IOException("no folder of bundles at " + folder + ": build the project first");
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
      for (Path file : files) {
        jars.add(file.toRealPath());
      }
    }
    if (jars.isEmpty()) {
      throw new IOException("no bundles in " + folder + ": build the project first");
    }
    return jars;
  }

  /**
   * SCR last of the platform's, our runtime's own bundles last of all. The anchor is first: it puts
   * the last good set in place before anything of it starts.
   */
  private static int startLevel(String file) {
    if (file.startsWith(OURS + "anchor")) {
      return 1;
    } else if (file.startsWith(OURS + "runtime.")) {
      return LAST_START_LEVEL;
    } else if (file.startsWith(OURS)) {
      return 4;
    }
    return file.contains("fileinstall") ? 3 : 2;
  }
}
