package tv.hearth.host;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
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

  private BundleSet() {}

  static void install(Path folder, BundleContext context) throws IOException, BundleException {
    List<Bundle> installed = new ArrayList<>();
    for (Path jar : jars(folder)) {
      Bundle bundle = context.installBundle("reference:" + jar.toUri());
      bundle.adapt(BundleStartLevel.class).setStartLevel(startLevel(jar.getFileName().toString()));
      installed.add(bundle);
    }
    for (Bundle bundle : installed) {
      if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
        bundle.start();
      }
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
