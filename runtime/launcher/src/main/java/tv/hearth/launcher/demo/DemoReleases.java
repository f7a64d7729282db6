package tv.hearth.launcher.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import tv.hearth.launcher.bad.FailingProbe;
import tv.hearth.launcher.hood.Hood;
import tv.hearth.support.owner.Ownership;
import tv.hearth.tuf.release.LeastVersions;

/**
 * Releases for showing and testing rollouts, made of the bundles that the boxes run: some of them
 * with a higher version and a marker inside, so that they are other jars indeed; and one more
 * bundle, for a bad release, that starts well and then fails its health check.
 */
public final class DemoReleases {
  /** The bundles that the good release exchanges. */
  public static final List<String> CHANGED =
      List.of("tv.hearth.storage", "tv.hearth.transfer", "tv.hearth.crypto");

  private static final String NAME = "hearth";
  private static final String BAD = "tv.hearth.sample-bad";
  private final Hood hood;
  private final Path scratch;

  /** Of a neighbourhood whose software has been laid out. */
  public DemoReleases(Hood hood, Path scratch) {
    this.hood = hood;
    this.scratch = scratch;
  }

  /** Publishes a release whose {@link #CHANGED} bundles are new; gives its target. */
  public String good(String version, int windowSeconds) throws IOException {
    return hood.releases().publish(NAME, version, jars(version, CHANGED), windowSeconds);
  }

  /** As above; boxes whose bundles are older than said must go over another release. */
  public String good(String version, int windowSeconds, LeastVersions from) throws IOException {
    return hood.releases().publish(NAME, version, jars(version, CHANGED), windowSeconds, from);
  }

  /** Publishes a release that fails some seconds after its start; gives its target. */
  public String bad(String version, int windowSeconds) throws IOException {
    List<Path> jars = new ArrayList<>(jars(version, CHANGED));
    jars.add(failing(version));
    return hood.releases().publish(NAME, version, jars, windowSeconds);
  }

  private List<Path> jars(String version, List<String> changed) throws IOException {
    Path folder = Files.createDirectories(scratch.resolve("release-" + version));
    List<Path> jars = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(hood.boxBundles(), "*.jar")) {
      for (Path jar : all) {
        String name = symbolicName(jar);
        if (changed.contains(name)) {
          jars.add(remade(jar, folder, version));
        } else if (Ownership.isManaged(name)) {
          jars.add(jar);
        }
      }
    }
    return jars;
  }

  private static String symbolicName(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      String name = file.getManifest().getMainAttributes().getValue("Bundle-SymbolicName");
      return name == null ? "" : name.split(";", 2)[0].strip();
    }
  }

  private static Path remade(Path jar, Path folder, String version) throws IOException {
    Path made = folder.resolve(jar.getFileName());
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifest manifest = new Manifest(file.getManifest());
      Attributes main = manifest.getMainAttributes();
      String before = main.getValue("Bundle-Version");
      main.putValue("Bundle-Version", before + ".release" + version.replace('.', '-'));
      try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(made), manifest)) {
        copy(file, out);
        put(out, "META-INF/hearth-release", version.getBytes(StandardCharsets.UTF_8));
      }
    }
    return made;
  }

  private static void copy(JarFile from, JarOutputStream out) throws IOException {
    Set<String> left = Set.of("META-INF/MANIFEST.MF", "META-INF/hearth-release");
    for (Enumeration<JarEntry> all = from.entries(); all.hasMoreElements(); ) {
      JarEntry entry = all.nextElement();
      if (!left.contains(entry.getName())) {
        out.putNextEntry(new JarEntry(entry.getName()));
        try (InputStream in = from.getInputStream(entry)) {
          in.transferTo(out);
        }
        out.closeEntry();
      }
    }
  }

  private Path failing(String version) throws IOException {
    Path jar = scratch.resolve("release-" + version).resolve("sample-bad.jar");
    String type = FailingProbe.class.getName();
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", BAD);
    main.putValue("Bundle-Version", "0.1.0");
    main.putValue("Import-Package", "tv.hearth.api.health;version=\"[0.1,1)\"");
    main.putValue("Service-Component", "OSGI-INF/probe.xml");
    String component =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            + "<scr:component xmlns:scr=\"http://www.osgi.org/xmlns/scr/v1.3.0\" name=\"bad\""
            + " immediate=\"true\"><implementation class=\""
            + type
            + "\"/><service><provide interface=\"tv.hearth.api.health.HealthProbe\"/></service>"
            + "</scr:component>";
    String path = type.replace('.', '/') + ".class";
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest);
        InputStream code = FailingProbe.class.getClassLoader().getResourceAsStream(path)) {
      put(out, "OSGI-INF/probe.xml", component.getBytes(StandardCharsets.UTF_8));
      put(out, path, code.readAllBytes());
    }
    return jar;
  }

  private static void put(JarOutputStream out, String name, byte[] bytes) throws IOException {
    out.putNextEntry(new JarEntry(name));
    out.write(bytes);
    out.closeEntry();
  }
}
