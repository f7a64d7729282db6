package tv.hearth.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.launcher.hood.Hood;
import tv.hearth.launcher.hood.Installation;
import tv.hearth.launcher.hood.Starter;

/** With processes that stand for nodes. */
class DownTest {
  @TempDir private Path folder;

  @AfterEach
  void end() {
    if (Hood.exists(folder)) {
      Starter.down(Hood.open(folder, new Installation(folder)));
    }
  }

  private Hood hood() {
    return Hood.create(folder, 3, "", "open", new Installation(folder));
  }

  private static void starts(tv.hearth.launcher.hood.Node node) {
    node.start(List.of("sleep", "60"));
  }

  @Test
  void whereNothingRanNothingIsSaidToBeStopped() {
    hood();
    Said said = Said.by(new Down(), folder);
    assertEquals("nothing ran; kept " + folder + "\n", said.people());
    assertEquals(0, said.code());
  }

  @Test
  void whatRanIsNamedAndStopped() {
    Hood hood = hood();
    starts(hood.box(2));
    starts(hood.box(0));
    starts(hood.headend());
    Said said = Said.by(new Down(), folder);
    assertEquals("stopped 1 box, ingest node and headend; kept " + folder + "\n", said.people());
    assertTrue(said.json().contains("\"stopped\":1"), said.json());
    assertTrue(hood.nodes().stream().allMatch(node -> node.process().isEmpty()));
    assertEquals("nothing ran; kept " + folder + "\n", Said.by(new Down(), folder).people());
  }

  @Test
  void allOfItIsAList() {
    assertEquals(
        "stopped 8 boxes, ingest node, headend and broker",
        Down.words(8, List.of("ingest", "headend", "broker")));
    assertEquals("stopped headend", Down.words(0, List.of("headend")));
    assertEquals("stopped 2 boxes", Down.words(2, List.of()));
  }
}
