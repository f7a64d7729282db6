package tv.hearth.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.startlevel.BundleStartLevel;

/** On a real framework, with bundles that have nothing but a manifest. */
class BundleSetTest {
  @TempDir private Path folder;
  private Framework framework;

  @AfterEach
  void stop() throws Exception {
    if (framework != null) {
      framework.stop();
      framework.waitForStop(10_000);
    }
  }

  private void bundle(String name, String host) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", name);
    if (host != null) {
      main.putValue("Fragment-Host", host);
    }
    Path bundles = Files.createDirectories(folder.resolve("bundles"));
    try (OutputStream out = Files.newOutputStream(bundles.resolve(name + "-1.0.0.jar"))) {
      new JarOutputStream(out, manifest).close();
    }
  }

  private Framework install() throws Exception {
    framework =
        ServiceLoader.load(FrameworkFactory.class)
            .findFirst()
            .orElseThrow()
            .newFramework(FrameworkSettings.of(folder.resolve("node")));
    framework.init();
    BundleSet.install(folder.resolve("bundles"), framework.getBundleContext());
    framework.start();
    return framework;
  }

  @Test
  void thePlatformStartsBeforeUsAndOurRuntimeLast() throws Exception {
    bundle("org.apache.felix.configadmin", null);
    bundle("org.apache.felix.fileinstall", null);
    bundle("tv.hearth.storage", null);
    bundle("tv.hearth.runtime.control", null);
    Files.writeString(folder.resolve("bundles/readme.txt"), "no bundle");
    Map<String, Integer> levels = new HashMap<>();
    for (Bundle bundle : install().getBundleContext().getBundles()) {
      if (bundle.getBundleId() > 0) {
        levels.put(bundle.getSymbolicName(), bundle.adapt(BundleStartLevel.class).getStartLevel());
        assertEquals(Bundle.ACTIVE, bundle.getState(), bundle.getSymbolicName());
      }
    }
    assertEquals(
        Map.of(
            "org.apache.felix.configadmin", 2,
            "org.apache.felix.fileinstall", 3,
            "tv.hearth.storage", 4,
            "tv.hearth.runtime.control", BundleSet.LAST_START_LEVEL),
        levels);
  }

  /** Fragments can't be started: they are attached. Jars are used where they are, not copied. */
  @Test
  void fragmentsAreNotStartedAndJarsNotCopied() throws Exception {
    bundle("tv.hearth.host", null);
    bundle("tv.hearth.piece", "tv.hearth.host");
    install();
    for (Bundle bundle : framework.getBundleContext().getBundles()) {
      if ("tv.hearth.piece".equals(bundle.getSymbolicName())) {
        assertEquals(Bundle.RESOLVED, bundle.getState());
      }
      assertTrue(
          bundle.getBundleId() == 0 || bundle.getLocation().startsWith("reference:file:"),
          bundle.getLocation());
    }
    try (var files = Files.walk(folder.resolve("node"))) {
      assertFalse(files.anyMatch(file -> file.toString().endsWith(".jar")));
    }
  }

  /**
   * Another firmware over the same node: a folder of its own, and a bundle that was a release's.
   */
  @Test
  void whatAnotherFirmwareInstalledGoesAndWhatReleasesAddedStays() throws Exception {
    bundle("tv.hearth.storage", null);
    bundle("tv.hearth.gone", null);
    install();
    for (String added : List.of("tv.hearth.added", "tv.hearth.taken")) {
      bundle(added, null);
      Path jar = folder.resolve("bundles/" + added + "-1.0.0.jar");
      try (InputStream in = Files.newInputStream(jar)) {
        framework.getBundleContext().installBundle("hearth:" + added, in);
      }
      Files.delete(jar);
    }
    stop();
    Files.move(folder.resolve("bundles"), folder.resolve("before"));
    bundle("tv.hearth.storage", null);
    bundle("tv.hearth.taken", null);
    Map<String, String> there = new TreeMap<>();
    for (Bundle bundle : install().getBundleContext().getBundles()) {
      if (bundle.getBundleId() > 0) {
        String location = bundle.getLocation();
        String other = there.put(bundle.getSymbolicName(), location.replaceFirst(":.*", ""));
        assertEquals(null, other, bundle.getSymbolicName() + " is there twice");
        assertFalse(location.contains("/before/"), location);
      }
    }
    assertEquals(
        Map.of(
            "tv.hearth.storage", "reference",
            "tv.hearth.taken", "reference",
            "tv.hearth.added", "hearth"),
        there);
  }

  @Test
  void noBundlesAreNamedWithTheRemedy() throws IOException {
    Path bundles = folder.resolve("bundles");
    assertEquals(
        "no folder of bundles at " + bundles + ": build the project first",
        assertThrows(IOException.class, () -> BundleSet.install(bundles, null)).getMessage());
    Files.createDirectories(bundles);
    Files.writeString(bundles.resolve("readme.txt"), "no bundle");
    assertEquals(
        "no bundles in " + bundles + ": build the project first",
        assertThrows(IOException.class, () -> BundleSet.install(bundles, null)).getMessage());
  }

  @Test
  void allStateIsUnderTheNode() {
    Path node = Path.of("/n/box-1");
    Map<String, String> settings = FrameworkSettings.of(node);
    assertEquals("/n/box-1/home", settings.get("hearth.home"));
    assertEquals("/n/box-1/framework", settings.get("org.osgi.framework.storage"));
    assertEquals("/n/box-1/etc", settings.get("felix.fileinstall.dir"));
    assertEquals("5", settings.get("org.osgi.framework.startlevel.beginning"));
  }
}
