package tv.hearth.host;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootMarksTest {
  @TempDir private Path folder;

  @Test
  void aLineAMarkInSecondsSinceTheMachinesStart() throws IOException {
    Path file = folder.resolve("marks");
    double before = uptime();
    BootMarks marks = new BootMarks(Optional.of(file));
    marks.mark("java");
    marks.mark("all 3 bundles are active");
    List<String> lines = Files.readAllLines(file);
    assertEquals(2, lines.size());
    assertTrue(lines.get(1).endsWith(" all 3 bundles are active"), lines.get(1));
    double said = Double.parseDouble(lines.get(0).split(" ")[0]);
    assertTrue(said >= before && said <= uptime(), before + " " + lines);
  }

  @Test
  void nobodyAskedOrNoPlaceForThem() {
    new BootMarks(Optional.empty()).mark("java");
    BootMarks nowhere = new BootMarks(Optional.of(folder.resolve("no/such/file")));
    assertDoesNotThrow(() -> nowhere.mark("java"));
  }

  private static double uptime() throws IOException {
    return Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ")[0]);
  }
}
