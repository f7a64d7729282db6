package tv.hearth.tests.rules;

import aQute.bnd.header.OSGiHeader;
import aQute.bnd.header.Parameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** A bundle as it is shipped: its manifest's headers and the names of its entries. */
record BundleJar(String name, Manifest manifest, List<String> entries, Path path) {

  /** Every bundle of ours in the exported sets of a host's box and headend, each once. */
  static List<BundleJar> shipped() {
    return Stream.of("runtime/box/target/export/host", "runtime/headend/target/export/headend")
        .map(folder -> Path.of("../..").resolve(folder))
        .flatMap(BundleJar::jars)
        .map(BundleJar::read)
        .filter(bundle -> bundle.name().startsWith("tv.hearth."))
        .collect(Collectors.toMap(BundleJar::name, b -> b, (a, b) -> a))
        .values()
        .stream()
        .toList();
  }

  Parameters header(String header) {
    return OSGiHeader.parseHeader(manifest.getMainAttributes().getValue(header));
  }

  boolean has(String header) {
    return manifest.getMainAttributes().getValue(header) != null;
  }

  /** A text that it holds; empty where it has none of that name. */
  String text(String entry) {
    try (JarFile jar = new JarFile(path.toFile())) {
      ZipEntry found = jar.getEntry(entry);
      return found == null
          ? ""
          : new String(jar.getInputStream(found).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("can't read bundle " + path, e);
    }
  }

  boolean isLibrary() {
    return name.startsWith("tv.hearth.lib.");
  }

  boolean isApi() {
    return name.equals("tv.hearth.api") || name.equals("tv.hearth.vendor-api");
  }

  boolean isProvider() {
    return !isLibrary() && !isApi();
  }

  @Override
  public String toString() {
    return name;
  }

  private static Stream<Path> jars(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".jar")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException("build runtime/box and runtime/headend first: " + folder, e);
    }
  }

  private static BundleJar read(Path path) {
    try (JarFile jar = new JarFile(path.toFile())) {
      Manifest manifest = jar.getManifest();
      String name = manifest.getMainAttributes().getValue("Bundle-SymbolicName");
      return new BundleJar(name, manifest, jar.stream().map(e -> e.getName()).toList(), path);
    } catch (IOException e) {
      throw new UncheckedIOException("can't read bundle " + path, e);
    }
  }
}
