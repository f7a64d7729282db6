package tv.hearth.tests.update;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import tv.hearth.tests.update.unit.Subject;

/** Bundles: those that ship, other versions of them, and ones made for a test. */
final class Jars {
  private static final Path SHIPPED = Path.of("../../runtime/box/target/export/box");
  private static final List<String> PLATFORM = List.of("org.apache.felix.", "org.osgi.");

  private Jars() {}

  static boolean isPlatform(Path jar) {
    return PLATFORM.stream().anyMatch(jar.getFileName().toString()::startsWith);
  }

  /** The shipped jars whose names begin so. */
  static List<Path> shipped(String... names) {
    try (Stream<Path> all = Files.list(SHIPPED)) {
      return all.filter(jar -> jar.toString().endsWith(".jar"))
          .filter(jar -> Stream.of(names).anyMatch(jar.getFileName().toString()::startsWith))
          .map(Path::toAbsolutePath)
          .map(Path::normalize)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("build runtime/box first", e);
    }
  }

  static Path one(String name) {
    return shipped(name + "-").get(0);
  }

  /** The same bundle under another version, with headers changed; an empty value takes one away. */
  static Path changed(Path jar, Path into, String version, Map<String, String> headers)
      throws Exception {
    try (Jar content = new Jar(jar.toFile())) {
      var main = content.getManifest().getMainAttributes();
      main.putValue("Bundle-Version", version);
      headers.forEach(
          (header, value) -> {
            if (value.isEmpty()) {
              main.remove(new java.util.jar.Attributes.Name(header));
            } else {
              main.putValue(header, value);
            }
          });
      Path out =
          into.resolve(jar.getFileName().toString().replaceAll("-[0-9].*", "-" + version + ".jar"));
      content.write(out.toFile());
      return out;
    }
  }

  /** A bundle with nothing in it but its manifest. */
  static Path empty(Path into, String name, Map<String, String> headers) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
    manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
    manifest.getMainAttributes().putValue("Bundle-SymbolicName", name);
    headers.forEach(manifest.getMainAttributes()::putValue);
    Path out = into.resolve(name + "-1.jar");
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(out), manifest)) {
      jar.putNextEntry(new ZipEntry("empty"));
    }
    return out;
  }

  /** A bundle with {@link Subject} in it. */
  static Path subject(
      Path into, String name, String version, String behaviour, Map<String, String> headers)
      throws Exception {
    try (Builder builder = new Builder()) {
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
        File file = new File(entry);
        if (file.exists()) {
          builder.addClasspath(file);
        }
      }
      builder.setProperty("Bundle-SymbolicName", name);
      builder.setProperty("Bundle-Version", version);
      builder.setProperty("Private-Package", Subject.class.getPackageName());
      builder.setProperty("-noimportjava", "true");
      builder.setProperty("-contract", "!*");
      builder.setProperty(Subject.HEADER, behaviour);
      headers.forEach(builder::setProperty);
      try (Jar jar = builder.build()) {
        if (!builder.isOk()) {
          throw new IOException(String.join("; ", builder.getErrors()));
        }
        Path out = into.resolve(name + "-" + version + "-" + behaviour + ".jar");
        jar.write(out.toFile());
        return out;
      }
    }
  }
}
