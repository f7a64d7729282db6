package tv.hearth.support.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Anchor and update share a folder, and change it one at a time. */
class OneOwnerTest {
  private static final int WRITES = 300;
  @TempDir private Path folder;

  @Test
  void ofTwoWritersNoneFailsAndNoneOverwritesTheOther() throws Exception {
    ExecutorService both = Executors.newFixedThreadPool(2);
    try {
      Future<Integer> one = both.submit(writer());
      Future<Integer> two = both.submit(writer());
      assertEquals(2 * WRITES, one.get(5, TimeUnit.MINUTES) + two.get(5, TimeUnit.MINUTES));
      assertEquals(2 * WRITES, new Journal(new FolderDisk(folder)).newest());
    } finally {
      both.shutdownNow();
    }
  }

  /** Adds one start after the other to what it reads; gives how many it added. */
  private Callable<Integer> writer() {
    return () -> {
      int done = 0;
      try (FolderDisk disk = new FolderDisk(folder)) {
        Journal journal = new Journal(disk);
        while (done < WRITES) {
          State state = journal.read();
          try {
            journal.write(state.booted());
            done++;
          } catch (SupersededException other) {
            assertTrue(journal.newest() > 0, "somebody else was first: read again");
          }
        }
      }
      return done;
    };
  }

  @Test
  void whatWasDecidedBeforeAnotherWroteIsNotWritten() throws Exception {
    Journal anchor = new Journal(new FolderDisk(folder));
    Journal update = new Journal(new FolderDisk(folder));
    State before = update.read();
    anchor.read();
    anchor.write(before.booted().booted());
    assertThrows(SupersededException.class, () -> update.write(before.booted()));
    assertEquals(2, update.read().boots());
    update.write(update.read().booted());
    assertEquals(3, anchor.read().boots());
  }

  @Test
  void aTurnIsForOneOwnerAndForAllOfItsThreads() throws Exception {
    FolderTurn anchor = new FolderTurn(folder.resolve("turn"));
    FolderTurn update = new FolderTurn(folder.resolve("turn"));
    Turn first = anchor.take(0);
    Turn second = anchor.take(0);
    assertThrows(IOException.class, () -> update.take(0));
    first.close();
    assertThrows(IOException.class, () -> update.take(0), "the second still lasts");
    second.close();
    update.take(0).close();
    anchor.take(0).close();
  }

  @Test
  void whoIsClosedGetsNoTurnAndKeepsTheOneItHas() throws Exception {
    FolderTurn old = new FolderTurn(folder.resolve("turn"));
    FolderTurn next = new FolderTurn(folder.resolve("turn"));
    Turn held = old.take(0);
    old.close();
    assertThrows(IOException.class, () -> old.take(0));
    assertThrows(IOException.class, () -> next.take(0), "it is not done yet");
    held.close();
    next.take(0).close();
  }
}
