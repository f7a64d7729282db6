package tv.hearth.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.budget.Limits;
import tv.hearth.support.thread.Failures;

/** What looks after the pieces ends by nothing but being closed. */
@Timeout(300)
class UpkeepTest {
  @TempDir private Path folder;

  @Test
  void aRoundThatThrowsAnErrorIsNotedAndTheThreadLivesOn() throws Exception {
    Failures failures = new Failures("upkeep", () -> 0);
    Semaphore asked = new Semaphore(0);
    Thread[] worker = new Thread[1];
    try (Storage storage = Storage.open(StorageSettings.plain(folder, () -> Limits.LEAST));
        Upkeep upkeep =
            new Upkeep(
                storage,
                () -> {
                  worker[0] = Thread.currentThread();
                  asked.release();
                  throw new NoClassDefFoundError("tv/hearth/Gone");
                },
                InstantSource.system(),
                Duration.ofMinutes(1),
                Duration.ofDays(30),
                Duration.ZERO,
                failures)) {
      upkeep.start();
      asked.acquire();
      while (failures.count() == 0 && worker[0].isAlive()) {
        Thread.onSpinWait();
      }
      assertEquals(1, failures.count());
      assertTrue(worker[0].isAlive());
      assertTrue(failures.trouble().contains("Gone"), failures.trouble());
    }
  }
}
