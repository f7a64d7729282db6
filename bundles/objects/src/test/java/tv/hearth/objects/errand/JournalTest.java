package tv.hearth.objects.errand;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.OwnerId;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cbor.CborMap;
import tv.hearth.support.cbor.KeptFields;
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

  private static CborMap map(Errand errand) throws CborException {
    return CborMap.parse(ErrandFile.encode(errand, KeptFields.NONE));
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private Path write(CborMap map) throws IOException {
    return Files.write(file("erase-1.errand"), map.toBytes());
  }

  static Stream<Arguments> ofANewerRelease() {
    return Stream.of(
        Arguments.of("v", 2L),
        Arguments.of("kind", "sing"),
        Arguments.of("shelf", "attic"),
        Arguments.of("record", "Poem in prose"));
  }

  /** Neither deleted nor taken for damaged: the release that wrote it finds it again. */
  @ParameterizedTest
  @MethodSource("ofANewerRelease")
  void anErrandOfANewerReleaseIsLeftForIt(String key, Object value) throws Exception {
    CborMap map = map(errand(FIRST));
    byte[] newer =
        (value instanceof Long ? map.put(key, (long) value) : map.put(key, "" + value)).toBytes();
    Files.write(file("erase-1.errand"), newer);
    Journal journal = new Journal(folder);
    assertEquals(List.of(), journal.ids());
    assertEquals(1, journal.newer());
    journal.remove("erase-1", true);
    assertArrayEquals(newer, Files.readAllBytes(file("erase-1.errand")));
  }

  @Test
  void aRecordOfAKindThatIsNotKnownIsDelivered() throws Exception {
    write(map(errand(FIRST)).put("kind", "record").put("record", "poem").put("name", "ode"));
    Errand errand = new Journal(folder).load("erase-1").orElseThrow();
    assertEquals("poem", errand.record().orElseThrow().path());
    assertTrue(new Journal(folder).add(errand));
    assertEquals(Optional.of(errand), new Journal(folder).load("erase-1"));
  }

  @Test
  void oneOfTheSameNameMakesNoErrandOfANewerReleaseVanish() throws Exception {
    byte[] newer = map(errand(FIRST)).put("v", 2).toBytes();
    Files.write(file("erase-1.errand"), newer);
    Journal journal = new Journal(folder);
    assertTrue(journal.add(errand(SECOND)));
    assertTrue(journal.add(errand(FIRST)));
    assertEquals(1, journal.newer());
    journal.remove("erase-1", true);
    assertEquals(1, new Journal(folder).newer());
    assertArrayEquals(newer, Files.readAllBytes(file("erase-1.errand")));
  }

  @Test
  void fieldsOfANewerReleaseStayWhenAnErrandIsWrittenAgain() throws Exception {
    write(map(errand(FIRST, SECOND)).put("colour", "red"));
    Journal journal = new Journal(folder);
    assertTrue(journal.add(errand(SECOND)));
    assertTrue(journal.add(errand(FIRST)));
    CborMap after = CborMap.parse(Files.readAllBytes(file("erase-1.errand")));
    assertEquals("red", after.text("colour", 9));
    assertEquals(List.of(FIRST), new Journal(folder).load("erase-1").orElseThrow().boxes());
  }

  /** 0.1.0 took for damaged what it did not know. */
  @Test
  void whatAnOlderReleaseTookForDamagedIsTakenBack() throws Exception {
    Files.move(write(map(errand(FIRST))), file("erase-1.errand.damaged"));
    Files.write(file("erase-2.errand.damaged"), new byte[] {1, 2, 3});
    assertEquals(List.of("erase-1"), new Journal(folder).ids());
    assertTrue(Files.exists(file("erase-2.errand.damaged")));
  }

  @Test
  void aTornErrandIsSetAsideAndTheOthersAreDone() throws Exception {
    write(map(errand(FIRST)));
    Files.write(file("erase-2.errand"), new byte[] {1, 2, 3});
    assertEquals(List.of("erase-1"), new Journal(folder).ids());
    assertTrue(Files.exists(file("erase-2.errand.damaged")));
  }

  @Test
  void filesThatNobodyKnowsAreLeftAlone() throws Exception {
    Files.writeString(file("plan.future"), "x");
    assertEquals(0, new Journal(folder).newer());
    assertTrue(Files.exists(file("plan.future")));
  }
}
