package tv.hearth.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tv.hearth.tests.contracts.pieces.PieceStoreContract.assertProblem;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.budget.Limits;
import tv.hearth.api.health.HealthProbe;
import tv.hearth.api.pieces.StoreException;
import tv.hearth.api.pieces.StoreException.Problem;

/** Storage on a disk that can't be opened when the box starts. */
class OpeningTest {
  @TempDir private Path folder;

  @Test
  void opensByItselfOnceTheDiskIsWellAndSaysSoUntilThen() throws Exception {
    Semaphore tries = new Semaphore(0);
    CountDownLatch open = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    Opening opening =
        new Opening(
            () -> {
              if (!tries.tryAcquire()) {
                throw new StoreException(Problem.DISK_FULL, "the disk is full; free some of it");
              }
              return Storage.open(StorageSettings.plain(folder, () -> Limits.LEAST));
            },
            storage -> {
              open.countDown();
              return () -> ended.set(true);
            },
            Duration.ofMillis(1));
    opening.begin();
    assertProblem(Problem.NOT_READY, opening::get);
    assertEquals(HealthProbe.State.FAILED, opening.health().state());
    assertTrue(opening.health().reason().contains("full"), opening.health().reason());
    tries.release();
    open.await();
    opening.close();
    assertTrue(opening.get().isClosed());
    assertTrue(ended.get());
  }

  @Test
  void anErrorWhileOpeningEndsNoTries() throws Exception {
    Semaphore tries = new Semaphore(0);
    CountDownLatch open = new CountDownLatch(1);
    Opening opening =
        new Opening(
            () -> {
              if (!tries.tryAcquire()) {
                throw new NoClassDefFoundError("tv/hearth/Gone");
              }
              return Storage.open(StorageSettings.plain(folder, () -> Limits.LEAST));
            },
            storage -> {
              open.countDown();
              return () -> {};
            },
            Duration.ofMillis(1));
    opening.begin();
    assertTrue(opening.health().reason().contains("Gone"), opening.health().reason());
    tries.release();
    open.await();
    opening.close();
  }

  @Test
  void whatNeverOpenedIsClosedAndTriedNoMore() throws Exception {
    AtomicBoolean closed = new AtomicBoolean();
    AtomicBoolean late = new AtomicBoolean();
    Opening opening =
        new Opening(
            () -> {
              late.compareAndSet(false, closed.get());
              throw new StoreException(Problem.READ_ONLY, "the disk can't be written");
            },
            storage -> () -> {},
            Duration.ofMillis(1));
    opening.begin();
    opening.close();
    closed.set(true);
    opening.close();
    assertNull(opening.now());
    assertFalse(late.get());
  }

  @Test
  void anotherLibraryThanSqlitesIsNamedAndNothingFails() throws Exception {
    Path wrong = Files.writeString(folder.resolve("wrong.so"), "no library");
    for (Path file : List.of(wrong, folder.resolve("missing.so"))) {
      try (Opening opening = byLibrary(file)) {
        assertProblem(Problem.NOT_READY, opening::get);
        String reason = opening.health().reason();
        assertTrue(reason.contains("hearth.sqlite.library names " + file), reason);
      }
    }
  }

  private Opening byLibrary(Path file) {
    return new Opening(
            () -> {
              SqliteNative.load(file.toString());
              return Storage.open(StorageSettings.plain(folder, () -> Limits.LEAST));
            },
            storage -> () -> {},
            Duration.ofMillis(1))
        .begin();
  }
}
