package tv.hearth.objects;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.identity.Role;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.api.pieces.RecordKind;
import tv.hearth.api.value.Bytes;
import tv.hearth.objects.io.ObjectMeters.Count;
import tv.hearth.objects.town.Await;
import tv.hearth.objects.town.Holder;
import tv.hearth.objects.town.Town;
import tv.hearth.vendor.objects.DurabilityClass;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.ObjectFailure.Problem;
import tv.hearth.vendor.objects.ObjectInfo;
import tv.hearth.vendor.objects.ObjectInfo.FileEntry;
import tv.hearth.vendor.objects.ObjectRef;
import tv.hearth.vendor.objects.PutRequest;
import tv.hearth.vendor.objects.Shelf;

class NamesTest {
  private static final DurabilityClass HALF = DurabilityClass.HALF_PROOF;
  @TempDir private Path folder;
  private Town town;
  private final Seeds seeds = Seeds.random();

  @BeforeEach
  void build() throws Exception {
    town = new Town(folder, 12);
  }

  @AfterEach
  void close() {
    town.close();
  }

  private static ObjectRef ref(String name) {
    return ObjectRef.of(Shelf.HOUSEHOLD, name);
  }

  @Test
  void smallFilesShareAPack() throws Exception {
    Map<String, byte[]> files = new TreeMap<>();
    for (int i = 0; i < 12; i++) {
      files.put("note" + i + ".txt", seeds.bytes(seeds.generator().nextInt(40_000)));
    }
    for (Map.Entry<String, byte[]> each : files.entrySet()) {
      Town.put(town.box(0), ref(each.getKey()), HALF, each.getValue());
    }
    Pipeline fresh = town.restarted(0);
    List<ObjectInfo> listed = fresh.list(Shelf.HOUSEHOLD, "");
    assertEquals(
        new ArrayList<>(files.keySet()), listed.stream().map(i -> i.ref().name()).toList());
    for (Map.Entry<String, byte[]> each : files.entrySet()) {
      int length = each.getValue().length;
      assertArrayEquals(
          each.getValue(), Town.read(fresh, ref(each.getKey()), 0, length + 10), seeds.message());
    }
    Await.until(() -> "old versions of the pack are gone: " + stored(), () -> stored() < 6_000_000);
  }

  private long stored() {
    long all = 0;
    for (int i = 0; i < town.size(); i++) {
      all += town.holder(i).storedBytes();
    }
    return all;
  }

  @Test
  void aPackShrinksWhenMostOfItIsDeleted() throws Exception {
    for (int i = 0; i < 8; i++) {
      Town.put(town.box(0), ref("f" + i), HALF, seeds.bytes(60_000));
    }
    for (int i = 0; i < 7; i++) {
      town.box(0).delete(ref("f" + i));
    }
    Await.until("the pack is written anew", () -> stored() <= 10 * 2 * 65_536);
    assertEquals(1, town.box(0).list(Shelf.HOUSEHOLD, "").size());
    assertEquals(60_000, Town.read(town.box(0), ref("f7"), 0, 70_000).length);
    town.box(0).delete(ref("f7"));
    Await.until("nothing is left", () -> stored() == 0);
  }

  @Test
  void foldersKeepTheirPathsAndTypes() throws Exception {
    byte[] playlist = seeds.bytes(700);
    byte[] segment = seeds.bytes(900_000);
    byte[] all = new byte[playlist.length + segment.length];
    System.arraycopy(segment, 0, all, 0, segment.length);
    System.arraycopy(playlist, 0, all, segment.length, playlist.length);
    List<FileEntry> files =
        List.of(
            new FileEntry("v/0.ts", segment.length, ""),
            new FileEntry("index.m3u8", playlist.length, ""));
    town.box(0).put(request(ref("film"), all, files));
    Pipeline fresh = town.restarted(0);
    ObjectInfo info = fresh.stat(ref("film"));
    assertTrue(info.isFolder());
    assertEquals(
        List.of("index.m3u8", "v/0.ts"), info.files().stream().map(FileEntry::path).toList());
    ObjectRef list = new ObjectRef(Shelf.HOUSEHOLD, "film", "index.m3u8");
    assertArrayEquals(playlist, Town.read(fresh, list, 0, 10_000));
    assertEquals("application/vnd.apple.mpegurl", fresh.stat(list).contentType());
    ObjectRef ts = new ObjectRef(Shelf.HOUSEHOLD, "film", "v/0.ts");
    assertArrayEquals(segment, Town.read(fresh, ts, 0, segment.length));
    ObjectFailure none =
        assertThrows(
            ObjectFailure.class,
            () -> fresh.stat(new ObjectRef(Shelf.HOUSEHOLD, "film", "nothing")));
    assertEquals(Problem.NOT_FOUND, none.problem());
    assertEquals(
        "this household has no object 'other'", missing(fresh, Shelf.HOUSEHOLD).getMessage());
  }

  @Test
  void aFolderWithAPathTwiceIsRefused() {
    List<FileEntry> files = List.of(new FileEntry("a", 1, ""), new FileEntry("a", 1, ""));
    ObjectFailure failure =
        assertThrows(
            ObjectFailure.class, () -> town.box(0).put(request(ref("x"), new byte[2], files)));
    assertEquals(Problem.BAD_REQUEST, failure.problem());
  }

  @Test
  void aNewVersionReplacesTheOldAndFreesIt() throws Exception {
    byte[] first = seeds.bytes(600_000);
    byte[] second = seeds.bytes(700_000);
    ObjectInfo one = Town.put(town.box(0), ref("a.bin"), HALF, first);
    ObjectInfo two = Town.put(town.box(0), ref("a.bin"), HALF, second);
    assertNotEquals(one.tag(), two.tag());
    assertEquals(1, two.siblings());
    assertArrayEquals(second, Town.read(town.restarted(0), ref("a.bin"), 0, 800_000));
    Await.until("the old version is gone", () -> stored() < 10L * 700_000 * 2 / 3);
  }

  @Test
  void twoWritersAtOnceBecomeSiblingsThatTheNextPutSettles() throws Exception {
    Town.put(town.box(0), ref("b"), HALF, seeds.bytes(300_000));
    Map<RecordKey, List<Bytes>> before = town.holder(3).allRecords();
    byte[] left = seeds.bytes(400_000);
    Town.put(town.box(0), ref("b"), HALF, left);
    Map<RecordKey, List<Bytes>> leftHeads = town.holder(3).allRecords();
    plantHeads(before);
    byte[] right = seeds.bytes(500_000);
    Town.put(town.restarted(0), ref("b"), HALF, right);
    addHeads(leftHeads);
    Pipeline fresh = town.restarted(0);
    assertEquals(2, fresh.stat(ref("b")).siblings());
    byte[] winner = Town.read(fresh, ref("b"), 0, 1_000_000);
    assertArrayEquals(winner, Town.read(town.restarted(0), ref("b"), 0, 1_000_000));
    byte[] last = seeds.bytes(320_000);
    assertEquals(1, Town.put(fresh, ref("b"), HALF, last).siblings());
    assertArrayEquals(last, Town.read(town.restarted(0), ref("b"), 0, 1_000_000));
  }

  @Test
  void olderAndForgedHeadsAreIgnored() throws Exception {
    Town.put(town.box(0), ref("c"), HALF, seeds.bytes(300_000));
    Map<RecordKey, List<Bytes>> old = town.holder(3).allRecords();
    byte[] now = seeds.bytes(300_000);
    Town.put(town.box(0), ref("c"), HALF, now);
    addHeads(old);
    Pipeline fresh = town.restarted(0);
    assertEquals(1, fresh.stat(ref("c")).siblings());
    forgeHeads();
    Pipeline later = town.restarted(0);
    assertArrayEquals(now, Town.read(later, ref("c"), 0, 400_000));
    assertTrue(later.meters().get(Count.RECORDS_REFUSED) > 0);
  }

  private void plantHeads(Map<RecordKey, List<Bytes>> heads) {
    for (int i = 0; i < town.size(); i++) {
      Holder holder = town.holder(i);
      heads.forEach(
          (key, records) -> {
            if (key.kind() == RecordKind.HEAD) {
              holder.plant(key, records);
            }
          });
    }
  }

  private void addHeads(Map<RecordKey, List<Bytes>> heads) {
    for (int i = 0; i < town.size(); i++) {
      Holder holder = town.holder(i);
      heads.forEach(
          (key, records) -> {
            if (key.kind() == RecordKind.HEAD) {
              List<Bytes> both = new ArrayList<>(holder.allRecords().getOrDefault(key, List.of()));
              both.addAll(records);
              holder.plant(key, both);
            }
          });
    }
  }

  private void forgeHeads() {
    for (int i = 0; i < town.size(); i++) {
      Holder holder = town.holder(i);
      holder
          .allRecords()
          .forEach(
              (key, records) -> {
                byte[] forged = records.get(0).toArray();
                forged[forged.length / 2] ^= 1;
                List<Bytes> both = new ArrayList<>(records);
                both.add(0, Bytes.of(forged));
                holder.plant(key, both);
              });
    }
  }

  @Test
  void listsInOrderOfNameAcrossPagesWithoutTheDeleted() throws Exception {
    for (String name : List.of("d", "b", "a", "c", "e")) {
      Town.put(town.box(0), ref(name), HALF, seeds.bytes(200_000));
    }
    town.box(0).delete(ref("c"));
    Pipeline fresh = town.restarted(0);
    List<String> names =
        fresh.list(Shelf.HOUSEHOLD, "a").stream().map(info -> info.ref().name()).toList();
    assertEquals(List.of("b", "d", "e"), names);
    ObjectFailure gone = assertThrows(ObjectFailure.class, () -> fresh.stat(ref("c")));
    assertEquals(Problem.NOT_FOUND, gone.problem());
    assertThrows(ObjectFailure.class, () -> fresh.delete(ref("c")));
    assertEquals(0, town.box(1).list(Shelf.HOUSEHOLD, "").size());
  }

  @Test
  void filmsAreReadByEveryBoxThatWasGrantedTheKey() throws Exception {
    byte[] film = seeds.bytes(900_000);
    ObjectRef ref = ObjectRef.of(Shelf.CATALOGUE, "big.mp4");
    Town.put(town.ingest(), ref, HALF, film);
    ObjectFailure refused =
        assertThrows(ObjectFailure.class, () -> Town.put(town.box(1), ref, HALF, new byte[10]));
    assertEquals(Problem.NOT_ALLOWED, refused.problem());
    for (int i : List.of(0, 5)) {
      Await.until("box " + i + " can read", () -> readable(i, ref));
      assertArrayEquals(film, Town.read(town.box(i), ref, 0, film.length));
      assertEquals(1, town.box(i).list(Shelf.CATALOGUE, "").size());
      assertEquals("there is no film 'other'", missing(town.box(i), Shelf.CATALOGUE).getMessage());
    }
    assertTrue(town.box(5).sources().size() >= 2);
  }

  private boolean readable(int box, ObjectRef ref) {
    try {
      return town.box(box).stat(ref).length() > 0;
    } catch (ObjectFailure e) {
      return false;
    }
  }

  @Test
  void theHouseholdsRootIsKeptWithTheNeighbours() throws Exception {
    town.node(0).household().newRecoveryPhrase();
    String owner = town.node(0).identity().owner(Role.HOUSEHOLD).text();
    RecordKey key = new RecordKey(RecordKind.ROOT, owner, "root");
    Await.until(
        "five boxes have the root",
        () -> {
          int have = 0;
          for (int i = 0; i < town.size(); i++) {
            have += town.holder(i).allRecords().containsKey(key) ? 1 : 0;
          }
          return have >= 5;
        });
  }

  @Test
  void homeIsReadFromHomeAndGoesWithItsName() throws Exception {
    byte[] content = seeds.bytes(800_000);
    Town.put(town.box(0), ref("h.bin"), DurabilityClass.HOME, content);
    assertTrue(town.pieces().count() > 0);
    assertArrayEquals(content, Town.read(town.restarted(0), ref("h.bin"), 0, content.length));
    assertTrue(town.pieces().reads() > 0);
    town.box(0).delete(ref("h.bin"));
    Await.until("the copy at home is gone", () -> town.pieces().count() == 0);
  }

  @Test
  void homeIsReadFromNeighboursWhenTheCopyAtHomeIsLost() throws Exception {
    byte[] content = seeds.bytes(800_000);
    Town.put(town.box(0), ref("h.bin"), DurabilityClass.HOME, content);
    town.pieces().lose();
    assertArrayEquals(content, Town.read(town.restarted(0), ref("h.bin"), 0, content.length));
    for (int i = 1; i <= 4; i++) {
      town.holder(i).fault(Holder.Fault.DEAD);
    }
    assertArrayEquals(content, Town.read(town.restarted(0), ref("h.bin"), 0, content.length));
    assertEquals(0, town.pieces().count());
  }

  @Test
  void aFullDiskAtHomeIsNoRoom() {
    town.pieces().fill();
    ObjectFailure failure =
        assertThrows(
            ObjectFailure.class,
            () -> Town.put(town.box(0), ref("h"), DurabilityClass.HOME, seeds.bytes(800_000)));
    assertEquals(Problem.NO_ROOM, failure.problem());
  }

  private static PutRequest request(ObjectRef ref, byte[] all, List<FileEntry> files) {
    return new PutRequest(
        ref,
        HALF,
        all.length,
        "",
        files,
        (offset, into) ->
            into.put(all, (int) offset, Math.min(into.remaining(), all.length - (int) offset)),
        done -> {});
  }

  private static ObjectFailure missing(Pipeline pipeline, Shelf shelf) {
    return assertThrows(
        ObjectFailure.class, () -> pipeline.stat(new ObjectRef(shelf, "other", "")));
  }
}
