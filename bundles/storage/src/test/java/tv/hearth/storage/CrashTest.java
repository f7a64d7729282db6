package tv.hearth.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tv.hearth.tests.contracts.pieces.PieceSamples.LEASE;
import static tv.hearth.tests.contracts.pieces.PieceSamples.OWNER;
import static tv.hearth.tests.contracts.pieces.PieceSamples.SEED;
import static tv.hearth.tests.contracts.pieces.PieceSamples.content;
import static tv.hearth.tests.contracts.pieces.PieceSamples.load;
import static tv.hearth.tests.contracts.pieces.PieceSamples.piece;
import static tv.hearth.tests.contracts.pieces.PieceSamples.put;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.budget.Limits;
import tv.hearth.api.pieces.PieceInfo;
import tv.hearth.api.pieces.PieceStore;
import tv.hearth.api.pieces.StoreException;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.PieceId;

/** The process or the power ends at every single operation on files in turn. */
class CrashTest {
  private static final int UNIT = 1024;
  private static final int LENGTH = 5 * UNIT + 7;
  private static final byte[] CONTENT = content(SEED, LENGTH);
  private static final PieceId KEPT = piece(1, 0, 0);
  private static final PieceId GONE = piece(2, 0, 0);
  private static final PieceId NEW = piece(3, 0, 0);
  private static final Bytes BOOT = Bytes.of(content(1, 16));
  private static final Bytes NEXT_BOOT = Bytes.of(content(2, 16));
  private static final int MOST_STEPS = 200;

  @TempDir Path folders;

  @Test
  void whatWasPromisedOutlivesAPowerCutAtEveryStep() throws Exception {
    for (int chance = 0; chance < 2; chance++) {
      crashAtEveryStep(true, new SplittableRandom(SEED + chance));
    }
  }

  @Test
  void whatWasPromisedOutlivesTheProcessAtEveryStep() throws Exception {
    crashAtEveryStep(false, new SplittableRandom(SEED));
  }

  private void crashAtEveryStep(boolean powerCut, SplittableRandom random) throws Exception {
    int step = 1;
    while (crashAt(step, powerCut, random)) {
      step++;
      assertTrue(step < MOST_STEPS, "the work takes more steps than that?");
    }
    assertTrue(step > 15, "only " + step + " steps were seen: does the fault still hit?");
  }

  /** What the store had promised when it all ended. */
  private static final class Promises {
    boolean committed;
    boolean kept;
    boolean deleted;
  }

  /** False where the work was done before that step. */
  private boolean crashAt(int step, boolean powerCut, SplittableRandom random) throws Exception {
    Path folder = Files.createTempDirectory(folders, "s");
    MemoryLayer files = new MemoryLayer();
    Storage storage = open(folder, files, BOOT);
    put(storage.pieces(), KEPT, CONTENT, UNIT);
    put(storage.pieces(), GONE, CONTENT, UNIT);
    Promises promises = new Promises();
    boolean crashed = workUntil(step, storage, files, promises);
    end(storage);
    if (powerCut) {
      files.powerCut(random);
    } else {
      files.killed();
    }
    String note =
        "step " + step + (powerCut ? ", power cut" : ", killed") + " (-Dhearth.seed=" + SEED + ")";
    check(open(folder, files, powerCut ? NEXT_BOOT : BOOT), promises, note);
    Files.delete(folder.resolve("index.db"));
    check(open(folder, files, NEXT_BOOT), promises, note + ", index made anew");
    return crashed;
  }

  private static boolean workUntil(int step, Storage storage, MemoryLayer files, Promises promises)
      throws StoreException {
    AtomicInteger left = new AtomicInteger(step);
    files.fault(
        (operation, path) -> {
          if (left.decrementAndGet() == 0) {
            throw new MemoryLayer.Crash();
          }
        });
    try {
      put(storage.pieces(), NEW, CONTENT, UNIT);
      promises.committed = true;
      storage.pieces().keep(KEPT.object(), OWNER, Instant.MAX);
      promises.kept = true;
      storage.pieces().delete(GONE.object(), OWNER);
      promises.deleted = true;
      return false;
    } catch (MemoryLayer.Crash crash) {
      return true;
    }
  }

  private static void check(Storage storage, Promises promises, String note) throws Exception {
    try {
      while (storage.sweep().step()) {
        assertTrue(storage.pieces().usage().pieces() <= 3, note);
      }
      PieceStore store = storage.pieces();
      assertArrayEquals(CONTENT, load(store, KEPT, LENGTH, UNIT), note);
      Instant lease = store.stat(KEPT).orElseThrow().keepUntil();
      assertTrue(!promises.kept || lease.equals(Instant.MAX), note);
      whollyThereOrNot(store, NEW, promises.committed, note);
      whollyThereOrNot(store, GONE, false, note);
      assertFalse(promises.deleted && store.stat(GONE).isPresent(), note);
      accountsAreRight(store, note);
      canBePutAnew(store, note);
    } finally {
      storage.close();
    }
  }

  private static void whollyThereOrNot(PieceStore store, PieceId id, boolean must, String note)
      throws StoreException {
    Optional<PieceInfo> info = store.stat(id);
    assertTrue(info.isPresent() || !must, note + ": " + id + " is lost");
    if (info.isPresent()) {
      assertArrayEquals(CONTENT, load(store, id, LENGTH, UNIT), note);
    }
  }

  private static void accountsAreRight(PieceStore store, String note) throws StoreException {
    long footprint = PieceHeader.footprint(LENGTH, UNIT);
    assertEquals(store.list(null, 10).size() * footprint, store.usage().used(), note);
    assertTrue(store.usage().reserved() <= footprint, note);
  }

  /** What was begun can be brought to its end, and goes on where it was where that is known. */
  private static void canBePutAnew(PieceStore store, String note) throws StoreException {
    store.reserve(NEW, OWNER, LENGTH, UNIT, LEASE);
    if (store.stat(NEW).isEmpty()) {
      int written = (int) store.write(NEW, 0, ByteBuffer.allocate(0));
      store.write(NEW, written, ByteBuffer.wrap(CONTENT, written, LENGTH - written));
      store.commit(NEW);
    }
    assertArrayEquals(CONTENT, load(store, NEW, LENGTH, UNIT), note);
    assertEquals(0, store.usage().reserved(), note);
    store.delete(NEW.object(), OWNER);
    put(store, NEW, CONTENT, UNIT);
  }

  private static Storage open(Path folder, MemoryLayer files, Bytes boot) throws StoreException {
    return Storage.open(StorageSettings.plain(folder, () -> Limits.LEAST), files, boot);
  }

  private static void end(Storage storage) throws StoreException, IOException {
    try {
      storage.close();
    } catch (MemoryLayer.Crash crash) {
      assertTrue(storage.isClosed());
    }
  }
}
