package tv.hearth.tests.noexec;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Storage on a data partition that is mounted noexec, as many boxes have it. The mount lives in a
 * namespace of its own and goes with the process; it takes root, or users' namespaces.
 */
class NoexecTest {
  private static final Path BOX = Path.of("../../runtime/box/target").toAbsolutePath().normalize();
  private static final List<String> NEEDED =
      List.of(
          "org.osgi.",
          "org.apache.felix.",
          "tv.hearth.api-",
          "tv.hearth.vendor-api-",
          "tv.hearth.lib.sqlite-",
          "tv.hearth.storage-");

  @TempDir Path folder;
  private Path data;

  @BeforeEach
  void mounts() throws Exception {
    data = Files.createDirectory(folder.resolve("data"));
    assumeTrue(
        run("true").contains("rc 0"), "this machine mounts nothing in a namespace: not tried");
  }

  /** The library's own file for this processor, out of the bundle. */
  private Path firmware() throws IOException {
    String processor = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x86_64";
    Path file = folder.resolve("libsqlitejdbc.so");
    try (JarFile jar = new JarFile(jars("tv.hearth.lib.sqlite-").get(0).toFile());
        InputStream in =
            jar.getInputStream(
                jar.getEntry(
                    "native/org/sqlite/native/Linux/" + processor + "/libsqlitejdbc.so"))) {
      Files.copy(in, file);
    }
    return file;
  }

  @ParameterizedTest
  @ValueSource(strings = {"felix", "equinox"})
  void theFirmwaresLibraryIsUsed(String framework) throws Exception {
    String said = start(framework, firmware().toString());
    assertTrue(said.contains("store Usage["), said);
    assertTrue(said.contains("again: loaded"), said);
    assertFalse(said.contains("state=FAILED"), said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"felix", "equinox"})
  void withoutItHealthSaysWhatIsMissing(String framework) throws Exception {
    String said = start(framework, "-");
    assertFalse(said.contains("store Usage["), said);
    assertTrue(said.contains("state=FAILED"), said);
    assertTrue(said.contains("hearth.sqlite.library"), said);
    assertTrue(said.contains("libsqlitejdbc.so"), said);
    assertTrue(said.contains("again: SQLite's native library"), said);
    assertTrue(said.contains("unpacked 1\n"), said); // whatever the number of tries
    assertFalse(said.contains("org.sqlite.util"), said); // the driver's own log
  }

  @ParameterizedTest
  @ValueSource(strings = {"felix", "equinox"})
  void anotherFileIsNamed(String framework) throws Exception {
    Path wrong = Files.writeString(folder.resolve("wrong.so"), "no library");
    String said = start(framework, wrong.toString());
    assertFalse(said.contains("store Usage["), said);
    assertTrue(said.contains("hearth.sqlite.library names " + wrong), said);
  }

  private String start(String framework, String library) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(
        BOX.resolve("framework/" + framework + ".jar")
            + File.pathSeparator
            + Path.of("target/test-classes").toAbsolutePath());
    command.addAll(List.of(StorageMain.class.getName(), data.toString(), library));
    for (String each : NEEDED) {
      jars(each).forEach(jar -> command.add(jar.toString()));
    }
    return run(command.toArray(String[]::new));
  }

  /** In a namespace where the data folder is a noexec mount. */
  private String run(String... command) throws IOException, InterruptedException {
    List<String> whole = new ArrayList<>(List.of("unshare", "--mount", "sh", "-c"));
    whole.add(
        "mount -t tmpfs -o noexec,nosuid,nodev,size=64m tmpfs \"$0\" && \"$@\"; echo rc $?;"
            + " echo unpacked $(find \"$0\" -name '*.so' | wc -l)");
    whole.add(data.toString());
    whole.addAll(List.of(command));
    Process process = new ProcessBuilder(whole).redirectErrorStream(true).start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return said;
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static List<Path> jars(String name) throws IOException {
    try (Stream<Path> all = Files.list(BOX.resolve("export/box"))) {
      return all.filter(file -> file.getFileName().toString().startsWith(name)).sorted().toList();
    }
  }
}
