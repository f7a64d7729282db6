package tv.hearth.tests.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import aQute.bnd.differ.Baseline;
import aQute.bnd.differ.Baseline.Info;
import aQute.bnd.differ.DiffPluginImpl;
import aQute.bnd.osgi.Instructions;
import aQute.bnd.osgi.Jar;
import aQute.bnd.osgi.Processor;
import aQute.bnd.service.diff.Delta;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An API package that changed since the baseline has a version that says so (semantic versioning).
 */
class BaselineTest {
  private static final Path ROOT = Path.of("../..");

  @ParameterizedTest
  @ValueSource(strings = {"api", "vendor-api"})
  void versionsTellWhatChanged(String bundle) throws Exception {
    try (Processor processor = new Processor();
        Jar newer = new Jar(built(bundle));
        Jar older = new Jar(ROOT.resolve("cnf/baseline/tv.hearth." + bundle + ".jar").toFile())) {
      Baseline baseline = new Baseline(processor, new DiffPluginImpl());
      Set<Info> packages = baseline.baseline(newer, older, new Instructions("*"));
      assertFalse(packages.isEmpty(), "no exported package was compared");
      List<String> wrong =
          packages.stream().filter(BaselineTest::isWrong).map(BaselineTest::advice).toList();
      assertEquals(
          List.of(), wrong, "raise @Version in package-info.java (cnf/baseline/README.md)");
    }
  }

  /** bnd lets a 0.x package change as it likes; ours has to show that it did. */
  private static boolean isWrong(Info info) {
    Delta delta = info.packageDiff.getDelta();
    boolean changed = delta != Delta.UNCHANGED && delta != Delta.REMOVED;
    return info.mismatch || changed && info.newerVersion.compareTo(info.olderVersion) <= 0;
  }

  private static String advice(Info info) {
    String change = info.packageDiff.getDelta().toString().toLowerCase(Locale.ROOT);
    return "%s: %s change since %s, is %s; bnd wants %s, below 1.0 any higher one will do"
        .formatted(
            info.packageName, change, info.olderVersion, info.newerVersion, info.suggestedVersion);
  }

  private static File built(String bundle) {
    Path target = ROOT.resolve("bundles/" + bundle + "/target");
    try (Stream<Path> files = Files.list(target)) {
      return files.filter(f -> f.toString().endsWith(".jar")).findFirst().orElseThrow().toFile();
    } catch (IOException e) {
      throw new UncheckedIOException("build bundles/" + bundle + " first: " + target, e);
    }
  }
}
