package tv.hearth.objects;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.api.pieces.RecordKind;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.ObjectId;
import tv.hearth.objects.town.Await;
import tv.hearth.objects.town.Holder;
import tv.hearth.objects.town.Holder.Fault;
import tv.hearth.objects.town.Town;
import tv.hearth.support.cbor.CborMap;
import tv.hearth.vendor.objects.DurabilityClass;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.ObjectRef;
import tv.hearth.vendor.objects.Shelf;

/** What neighbours must still be told outlives whoever has to tell them. */
class ErrandsTest {
  private static final ObjectRef REF = ObjectRef.of(Shelf.HOUSEHOLD, "holiday.mkv");
  private static final DurabilityClass HALF = DurabilityClass.HALF_PROOF;
  private static final int LENGTH = 900_000;
  @TempDir private Path folder;
  private Town town;
  private byte[] content;

  @BeforeEach
  void build() throws Exception {
    town = new Town(folder, 12);
    content = Seeds.random().bytes(LENGTH);
  }

  @AfterEach
  void close() {
    town.close();
  }

  @Test
  void aHolderThatMissedItsKeepGetsItAfterARestart() throws Exception {
    List<Holder> deaf = deafen(1, 2, 3);
    Town.put(town.box(0), REF, HALF, content);
    ObjectId object = object();
    Holder holder = deaf.stream().filter(h -> h.pieceCount() > 0).findFirst().orElseThrow();
    assertTrue(errands() > 0, "nothing is remembered");
    town.restart(0);
    town.restart(0);
    assertFalse(holder.keeps(object));
    hear(deaf);
    Await.until("all holders keep", () -> holders().allMatch(h -> h.keeps(object)));
    Await.until("nothing is left to do", () -> errands() == 0);
  }

  @Test
  void replicasThatWereOffGetTheirRecordsAfterARestart() throws Exception {
    List<Holder> deaf = deafen(1, 2, 3, 4);
    Town.put(town.box(0), REF, HALF, content);
    town.restart(0);
    hear(deaf);
    for (RecordKind kind : List.of(RecordKind.HEAD, RecordKind.DESCRIPTOR, RecordKind.PLACEMENT)) {
      Await.until(kind + " is everywhere", () -> deaf.stream().allMatch(h -> has(h, kind)));
    }
  }

  @Test
  void aDeletionReachesWhoWasOffAfterARestart() throws Exception {
    Town.put(town.box(0), REF, HALF, content);
    List<Holder> deaf = deafen(1, 2, 3, 4);
    town.box(0).delete(REF);
    Await.until("others deleted", () -> holders().allMatch(deaf::contains));
    town.restart(0);
    assertTrue(holders().count() > 0);
    hear(deaf);
    Await.until("nothing is left", () -> holders().count() == 0);
    Await.until("nothing is left to do", () -> errands() == 0);
  }

  @Test
  void aDeletionThatCouldNotFindItsHoldersGoesOnAfterARestart() throws Exception {
    Town.put(town.box(0), REF, HALF, content);
    town.restart(0);
    town.box(0).delete(REF);
    allBut(0, Fault.DEAD);
    town.restart(0);
    allBut(0, Fault.NONE);
    Await.until("nothing is left", () -> holders().count() == 0);
  }

  /** The power goes when the head is on its first replicas and nobody was told to keep anything. */
  @Test
  void aPutThatWasCutShortWhileItBecameVisibleIsFinished() throws Exception {
    Path image = folder.resolve("image");
    AtomicBoolean cut = new AtomicBoolean();
    Map<RecordKey, List<Bytes>> own = new ConcurrentHashMap<>();
    for (int i = 0; i < 12; i++) {
      town.holder(i)
          .onHead(
              () -> {
                if (cut.compareAndSet(false, true)) {
                  own.putAll(town.holder(0).allRecords());
                  copy(town.folder(0).resolve("errands"), image);
                  allBut(0, Fault.DEAD);
                }
              });
    }
    putAsThePowerGoes();
    ObjectId object = object();
    town.box(0).close();
    powerCut(image);
    town.holder(0).restore(own);
    Pipeline again = town.start(0);
    Await.until("all holders keep", () -> holders().allMatch(h -> h.keeps(object)));
    assertArrayEquals(content, Town.read(again, REF, 0, LENGTH));
    assertTrue(
        IntStream.range(0, 12).filter(i -> has(town.holder(i), RecordKind.HEAD)).count() >= 5);
  }

  /** Replicas are asked at once: enough may have taken the head before the power went, or not. */
  private void putAsThePowerGoes() {
    try {
      Town.put(town.box(0), REF, HALF, content);
    } catch (ObjectFailure e) {
      assertEquals(ObjectFailure.Problem.TOO_FEW_BOXES, e.problem(), e.getMessage());
    }
  }

  private void powerCut(Path image) throws IOException {
    Path errands = town.folder(0).resolve("errands");
    try (Stream<Path> files = Files.list(errands)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    copy(image, errands);
    allBut(0, Fault.NONE);
    for (int i = 0; i < 12; i++) {
      town.holder(i).onHead(() -> {});
      town.holder(i).forgetTombstones();
    }
  }

  @Test
  void aDamagedErrandCostsNoOther() throws Exception {
    List<Holder> deaf = deafen(1, 2, 3);
    Town.put(town.box(0), REF, HALF, content);
    ObjectId object = object();
    town.box(0).close();
    Path errands = town.folder(0).resolve("errands");
    Files.write(errands.resolve("keep-x.errand"), new byte[] {1, 2, 3});
    Files.write(
        errands.resolve("record-y.errand"),
        new CborMap().put("t", "hearth/errand").put("v", 2).toBytes());
    hear(deaf);
    town.start(0);
    Await.until("all holders keep", () -> holders().allMatch(h -> h.keeps(object)));
    assertTrue(Files.exists(errands.resolve("keep-x.errand.damaged")));
    assertTrue(Files.exists(errands.resolve("record-y.errand")), "it is a newer release's");
  }

  @Test
  void aPutThatAllHeardLeavesNothingToDo() throws Exception {
    Town.put(town.box(0), REF, HALF, content);
    assertTrue(holders().allMatch(h -> h.keeps(object())));
    assertEquals(0, errands());
  }

  private boolean has(Holder holder, RecordKind kind) {
    return holder.allRecords().keySet().stream().anyMatch(key -> key.kind() == kind);
  }

  private void allBut(int box, Fault fault) {
    IntStream.range(0, 12).filter(i -> i != box).forEach(i -> town.holder(i).fault(fault));
  }

  private Stream<Holder> holders() {
    return IntStream.range(0, 12).mapToObj(town::holder).filter(h -> h.pieceCount() > 0);
  }

  private ObjectId object() {
    return holders().flatMap(h -> h.pieces().stream()).findFirst().orElseThrow().object();
  }

  private List<Holder> deafen(int... boxes) {
    List<Holder> deaf = IntStream.of(boxes).mapToObj(town::holder).toList();
    deaf.forEach(holder -> holder.deaf(true));
    return deaf;
  }

  private static void hear(List<Holder> deaf) {
    deaf.forEach(holder -> holder.deaf(false));
  }

  private long errands() {
    try (Stream<Path> files = Files.list(town.folder(0).resolve("errands"))) {
      return files.filter(file -> file.toString().endsWith(".errand")).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Path from, Path to) {
    try {
      Files.createDirectories(to);
      try (Stream<Path> files = Files.list(from)) {
        for (Path file : files.toList()) {
          Files.copy(file, to.resolve(file.getFileName()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
