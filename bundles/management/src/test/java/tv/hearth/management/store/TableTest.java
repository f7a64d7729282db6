package tv.hearth.management.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.datamodel.Completion;

/** A table whose file can't be written stays as it is on disk. */
class TableTest {
  @TempDir Path temp;
  private Path file;

  @BeforeEach
  void place() {
    file = temp.resolve("table");
  }

  /** The temporary file's name is taken by a folder that is not empty: every write fails. */
  private void breakDisk() throws IOException {
    Files.createDirectories(temp.resolve("table.tmp/full"));
  }

  private void mendDisk() throws IOException {
    Files.delete(temp.resolve("table.tmp/full"));
    Files.delete(temp.resolve("table.tmp"));
  }

  @Test
  void aChangeThatCantBeWrittenIsNone() throws IOException {
    Table table = new Table(file, 4);
    int first = table.add(Map.of("a", "1"));
    breakDisk();
    assertThrows(UncheckedIOException.class, () -> table.add(Map.of("a", "2")));
    assertThrows(UncheckedIOException.class, () -> table.set(first, Map.of("a", "3")));
    assertThrows(UncheckedIOException.class, () -> table.remove(first));
    assertEquals(List.of(first), table.numbers());
    assertEquals(Map.of("a", "1"), table.row(first));
    mendDisk();
    assertEquals(first + 1, table.add(Map.of("a", "4")), "a number that was never given");
    Table again = new Table(file, 4);
    assertEquals(table.numbers(), again.numbers());
    assertEquals(Map.of("a", "4"), again.row(first + 1));
  }

  @Test
  void whatMeansNothingIsForgottenWithoutADisk() throws IOException {
    Table table = new Table(file, 4);
    table.add(Map.of("a", "1"));
    int second = table.add(Map.of("a", "2"));
    breakDisk();
    table.forget(row -> row.get("a").equals("1"));
    assertEquals(List.of(second), table.numbers());
  }

  @Test
  void whatWouldNotBeReadAgainIsNotWritten() throws IOException {
    Table table = new Table(file, 4);
    int first = table.add(Map.of("a", "1"));
    String tooLong = "x".repeat(9 << 20);
    assertThrows(UncheckedIOException.class, () -> table.add(Map.of("a", tooLong)));
    assertEquals(List.of(first), new Table(file, 4).numbers());
  }

  /** What a box writes must be readable where it goes back to 0.1.0, which reads 1 MiB. */
  @Test
  void whatTheFirstReleaseWouldNotReadIsNotWritten() throws IOException {
    Table table = new Table(file, 4);
    table.add(Map.of("a", "x".repeat(700 << 10)));
    String more = "x".repeat(400 << 10);
    assertThrows(UncheckedIOException.class, () -> table.add(Map.of("a", more)));
    assertTrue(Files.size(file) <= 1 << 20);
  }

  @Test
  void whatANewerReleaseSaysBesideTheRowsStays() throws IOException {
    Files.writeString(file, "last=1\n1.a=x\n1.colour=red\nmood=good\nall.a=y\n");
    Table table = new Table(file, 4);
    assertEquals(List.of(1), table.numbers());
    table.set(1, Map.of("a", "z"));
    table.add(Map.of("a", "2"));
    Properties after = new Properties();
    after.load(new StringReader(Files.readString(file)));
    assertEquals("good", after.getProperty("mood"));
    assertEquals("y", after.getProperty("all.a"));
    assertEquals("red", after.getProperty("1.colour"));
    assertEquals("z", after.getProperty("1.a"));
  }

  @Test
  void aTableOfANewerVersionIsLeftAloneAndTheBoxIsManagedOn() throws IOException {
    String newer = "v=2\nrows=of another kind\n";
    Files.writeString(file, newer);
    Table table = new Table(file, 4);
    assertTrue(table.isNewer());
    int row = table.add(Map.of("a", "1"));
    assertEquals(Map.of("a", "1"), table.row(row));
    table.remove(row);
    assertEquals(newer, Files.readString(file));
  }

  @Test
  void aTornTableIsPutAsideAndBegunAnew() throws IOException {
    Files.writeString(file, "last=");
    Table table = new Table(file, 4);
    assertEquals(1, table.add(Map.of("a", "1")));
    assertTrue(Files.exists(temp.resolve("table.damaged")));
  }

  /** A command that can't be understood any more takes nobody's place for ever. */
  @Test
  void aRequestThatDoesNotSayItsAgeEnds() throws Exception {
    Files.writeString(file, "last=1\n1.Mood=odd\n");
    List<String> ended = new ArrayList<>();
    RequestTable requests =
        new RequestTable(
            file,
            () -> Instant.parse("2026-11-26T12:00:00Z"),
            new Random(1),
            (object, command, key, outcome) -> ended.add("ended " + key),
            id -> ended.add("cancelled " + id));
    assertTrue(requests.running("usp-1").isEmpty());
    requests.tick();
    assertEquals(List.of("cancelled ", "ended "), ended);
    assertEquals(List.of(), requests.instances());
  }

  @Test
  void aCommandWhoseEndCantBeWrittenEndsLater() throws Exception {
    List<String> ended = new ArrayList<>();
    List<Completion> runs = new ArrayList<>();
    Instant now = Instant.parse("2026-11-26T12:00:00Z");
    RequestTable requests =
        new RequestTable(
            file,
            () -> now,
            new Random(1),
            (object, command, key, outcome) -> ended.add(key),
            id -> ended.add("cancelled " + id));
    requests.start(
        "boss",
        "Device.X.Run()",
        "key",
        run -> {
          runs.add(run);
          return Map.of();
        });
    breakDisk();
    assertThrows(UncheckedIOException.class, () -> runs.get(0).succeeded(Map.of()));
    assertTrue(ended.isEmpty());
    assertTrue(requests.running(runs.get(0).id()).isPresent(), "it is not lost");
    mendDisk();
    runs.get(0).succeeded(Map.of());
    runs.get(0).succeeded(Map.of());
    assertEquals(List.of("key"), ended, "and told once");
    assertNull(new Table(file, 4).row(1));
  }
}
