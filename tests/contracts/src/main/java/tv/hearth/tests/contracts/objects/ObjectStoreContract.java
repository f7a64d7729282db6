package tv.hearth.tests.contracts.objects;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tv.hearth.vendor.objects.ByteSource;
import tv.hearth.vendor.objects.DurabilityClass;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.ObjectFailure.Problem;
import tv.hearth.vendor.objects.ObjectInfo;
import tv.hearth.vendor.objects.ObjectInfo.FileEntry;
import tv.hearth.vendor.objects.ObjectRef;
import tv.hearth.vendor.objects.ObjectStore;
import tv.hearth.vendor.objects.PutRequest;
import tv.hearth.vendor.objects.Shelf;

/**
 * The contract of {@link ObjectStore}, on the household's shelf of a box in a neighbourhood of at
 * least twelve that all work. A subclass gives the store, empty.
 */
public abstract class ObjectStoreContract {
  private static final DurabilityClass CLASS = DurabilityClass.HALF_PROOF;
  private final SplittableRandom random = new SplittableRandom(seed());

  /** The store of a box, with nothing on its household's shelf; the same one all through a test. */
  protected abstract ObjectStore store() throws Exception;

  private static long seed() {
    String given = System.getProperty("hearth.seed", "");
    return given.isBlank() ? 20_261_122L : Long.parseLong(given);
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static ObjectRef ref(String name) {
    return ObjectRef.of(Shelf.HOUSEHOLD, name);
  }

  private static ByteSource of(byte[] content) {
    return (offset, into) -> {
      int at = (int) offset;
      into.put(content, at, Math.min(into.remaining(), content.length - at));
    };
  }

  private ObjectInfo put(String name, byte[] content) throws Exception {
    return store()
        .put(
            new PutRequest(
                ref(name), CLASS, content.length, "", List.of(), of(content), done -> {}));
  }

  private byte[] read(ObjectRef ref, long offset, int length) throws Exception {
    ByteBuffer into = ByteBuffer.allocate(length);
    int count = store().read(ref, offset, into);
    assertEquals(Math.max(0, count), into.position(), "position follows the count");
    return Arrays.copyOf(into.array(), into.position());
  }

  private static void fails(Problem problem, org.junit.jupiter.api.function.Executable call) {
    ObjectFailure failure = assertThrows(ObjectFailure.class, call);
    assertEquals(problem, failure.problem(), failure.getMessage());
  }

  @Test
  void contentOfEverySizeComesBack() throws Exception {
    for (int length : new int[] {0, 1, 65_480, 65_481, 131_001, 400_000, 1_500_000}) {
      byte[] content = bytes(length);
      ObjectInfo info = put("size-" + length, content);
      assertEquals(length, info.length());
      assertArrayEquals(content, read(info.ref(), 0, length + 1));
    }
  }

  @Test
  void aRangeBeyondTheEndIsNoBytes() throws Exception {
    put("short", bytes(300_000));
    assertEquals(-1, store().read(ref("short"), 300_000, ByteBuffer.allocate(10)));
    assertEquals(-1, store().read(ref("short"), 1L << 40, ByteBuffer.allocate(10)));
    assertEquals(5, read(ref("short"), 299_995, 100).length);
    fails(Problem.BAD_REQUEST, () -> store().read(ref("short"), -1, ByteBuffer.allocate(1)));
  }

  @Test
  void whatWasNeverPutIsNotFound() {
    fails(Problem.NOT_FOUND, () -> store().stat(ref("nothing")));
    fails(Problem.NOT_FOUND, () -> store().read(ref("nothing"), 0, ByteBuffer.allocate(1)));
    fails(Problem.NOT_FOUND, () -> store().delete(ref("nothing")));
    fails(Problem.NOT_FOUND, () -> store().survey(ref("nothing")));
  }

  @Test
  void aPutReplacesAndChangesTheTag() throws Exception {
    ObjectInfo first = put("twice", bytes(500_000));
    byte[] content = bytes(200_000);
    ObjectInfo second = put("twice", content);
    assertNotEquals(first.tag(), second.tag());
    assertEquals(1, second.siblings());
    assertArrayEquals(content, read(ref("twice"), 0, 600_000));
  }

  @Test
  void whatIsDeletedIsGone() throws Exception {
    for (int length : new int[] {10, 500_000}) {
      put("gone", bytes(length));
      store().delete(ref("gone"));
      fails(Problem.NOT_FOUND, () -> store().stat(ref("gone")));
    }
    assertTrue(store().list(Shelf.HOUSEHOLD, "").isEmpty());
  }

  @Test
  void listsInOrderOfNameFromAName() throws Exception {
    for (String name : List.of("m", "b", "z", "a b", "ä")) {
      put(name, bytes(100));
    }
    List<String> names = new ArrayList<>();
    store().list(Shelf.HOUSEHOLD, "b").forEach(info -> names.add(info.ref().name()));
    assertEquals(List.of("m", "z", "ä"), names);
  }

  @Test
  void aFolderIsReadFileByFile() throws Exception {
    byte[] a = bytes(100_000);
    byte[] b = bytes(200_000);
    byte[] all = Arrays.copyOf(b, 300_000);
    System.arraycopy(a, 0, all, 200_000, 100_000);
    List<FileEntry> files =
        List.of(new FileEntry("b/b.ts", 200_000, ""), new FileEntry("a.m3u8", 100_000, ""));
    ObjectInfo info =
        store().put(new PutRequest(ref("folder"), CLASS, 300_000, "", files, of(all), done -> {}));
    assertTrue(info.isFolder());
    assertEquals("a.m3u8", info.files().get(0).path());
    ObjectRef file = new ObjectRef(Shelf.HOUSEHOLD, "folder", "b/b.ts");
    assertArrayEquals(b, read(file, 0, 400_000));
    assertEquals("video/mp2t", store().stat(file).contentType());
    assertFalse(store().stat(file).isFolder());
    fails(Problem.NOT_FOUND, () -> store().stat(new ObjectRef(Shelf.HOUSEHOLD, "folder", "c")));
  }

  @Test
  void aSourceThatFailsLeavesNothing() throws Exception {
    ByteSource broken =
        (offset, into) -> {
          throw new IOException("unplugged");
        };
    for (int length : new int[] {10, 500_000}) {
      PutRequest request =
          new PutRequest(ref("broken"), CLASS, length, "", List.of(), broken, done -> {});
      fails(Problem.SOURCE, () -> store().put(request));
      fails(Problem.NOT_FOUND, () -> store().stat(ref("broken")));
    }
  }

  @Test
  void filmsAreNotForHouseholdsToWrite() {
    PutRequest request =
        new PutRequest(
            ObjectRef.of(Shelf.CATALOGUE, "mine"),
            CLASS,
            10,
            "",
            List.of(),
            of(new byte[10]),
            done -> {});
    fails(Problem.NOT_ALLOWED, () -> store().put(request));
  }

  @Test
  void aSurveySaysWhatIsThere() throws Exception {
    put("safe", bytes(500_000));
    ObjectInfo.Survival survival = store().survey(ref("safe"));
    assertEquals(survival.n(), survival.reachable());
    assertTrue(survival.losses() > 0);
  }

  @Test
  void sourcesCountWhatWasRead() throws Exception {
    put("counted", bytes(500_000));
    read(ref("counted"), 0, 500_000);
    long all = store().sources().values().stream().mapToLong(Long::longValue).sum();
    assertTrue(all >= 500_000, "only " + all);
  }
}
