package tv.hearth.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A host in a JVM of its own, as it runs, in countries with other digits and in other folders. */
class LanguageTest {
  @TempDir private Path folder;

  private Path bundles() throws Exception {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", "tv.hearth.sample");
    main.putValue("Require-Capability", "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=17))\"");
    Path bundles = Files.createDirectories(folder.resolve("bündel"));
    new JarOutputStream(Files.newOutputStream(bundles.resolve("sample.jar")), manifest).close();
    return bundles;
  }

  /** What the host says of a start in that country. */
  private String started(List<String> country) throws Exception {
    Path marks = folder.resolve("marks");
    List<String> command =
        new java.util.ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
    command.addAll(country);
    command.addAll(
        List.of(
            "-Dhearth.marks=" + marks,
            "-cp",
            System.getProperty("java.class.path"),
            HostMain.class.getName(),
            bundles().toString(),
            folder.resolve("jürgen").toString(),
            "--with-parent"));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.redirectOutput(folder.resolve("log").toFile());
    Process process = builder.start();
    try {
      while (process.isAlive()
          && !(Files.exists(marks) && Files.readString(marks).contains("active"))) {
        process.waitFor(50, TimeUnit.MILLISECONDS);
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    String log = Files.readString(folder.resolve("log"));
    assertTrue(Files.exists(marks) && Files.readString(marks).contains("active"), log);
    return Files.readString(marks).lines().reduce((a, b) -> b).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"ar, EG", "fa, IR", "th, TH"})
  void bundlesResolveWhateverTheDigits(String language, String country) throws Exception {
    String said = started(List.of("-Duser.language=" + language, "-Duser.country=" + country));
    assertEquals("all 2 bundles are active", said.substring(said.indexOf(' ') + 1));
  }

  @Test
  void theNodesOwnFolderMayHaveAnyName() throws Exception {
    started(List.of());
    assertTrue(Files.isDirectory(folder.resolve("jürgen/framework")));
  }
}
