package tv.hearth.objects.errand;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.OwnerId;
import tv.hearth.vendor.objects.Shelf;

class JournalTest {
  private static final BoxId FIRST = new BoxId("a".repeat(32));
  private static final BoxId SECOND = new BoxId("b".repeat(32));

  @TempDir private Path folder;

  private static Errand errand(BoxId... boxes) {
    return new Errand(
        Errand.Kind.ERASE,
        "erase-1",
        Shelf.HOUSEHOLD,
        new OwnerId("c".repeat(32)),
        Optional.of(new ObjectId("0".repeat(32))),
        Optional.empty(),
        Instant.parse("2030-01-01T00:00:00Z"),
        List.of(boxes),
        Bytes.of(new byte[] {1}),
        Errand.NONE);
  }

  /** What stands for a power cut: the new file can't be begun, and the process ends. */
  @Test
  void theOldErrandIsThereUntilTheNewOneIsWritten() throws IOException {
    Journal journal = new Journal(folder);
    assertTrue(journal.add(errand(FIRST, SECOND)));
    Path inTheWay = Files.createDirectories(folder.resolve("erase-1.errand.tmp/x")).getParent();
    assertFalse(journal.add(errand(SECOND)));
    assertEquals(List.of(SECOND), journal.load("erase-1").orElseThrow().boxes());
    Files.delete(inTheWay.resolve("x"));
    Files.delete(inTheWay);
    Journal next = new Journal(folder);
    assertEquals(List.of(FIRST, SECOND), next.load("erase-1").orElseThrow().boxes());
  }

  @Test
  void oneInPlaceOfAnotherCountsOnce() {
    Journal journal = new Journal(folder);
    assertTrue(journal.add(errand(FIRST, SECOND)));
    assertTrue(journal.add(errand(SECOND)));
    assertEquals(List.of("erase-1"), journal.ids());
    assertEquals(List.of(SECOND), new Journal(folder).load("erase-1").orElseThrow().boxes());
    journal.remove("erase-1", true);
    assertEquals(List.of(), new Journal(folder).ids());
  }

  @Test
  void leftoversOfAPowerCutAreRemoved() throws IOException {
    Path half = Files.writeString(folder.resolve("erase-2.errand.tmp"), "half");
    assertEquals(List.of(), new Journal(folder).ids());
    assertFalse(Files.exists(half));
  }
}
