package tv.hearth.headend.campaign.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.headend.campaign.rollout.Campaign;
import tv.hearth.headend.campaign.rollout.Rollout;
import tv.hearth.support.sql.BeforeWrite;

/** The headend ended at each of its writes: the campaign goes on, and no box is told twice. */
class PowerCutTest {
  @TempDir Path temp;

  /** The process ends here. */
  private static final class Cut extends Error {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void aCampaignGoesOnAfterTheHeadendEndedAtAnyWrite() throws IOException {
    int cut = 0;
    boolean reached = true;
    while (reached) {
      cut++;
      reached = run(cut);
    }
    assertTrue(cut > 50, "only " + cut + " writes");
    System.out.println("ended at each of " + cut + " writes");
  }

  /** True where the run got as far as that write. */
  private boolean run(int cutAt) throws IOException {
    SimulatedRun run = new SimulatedRun();
    Path file = temp.resolve("cut-" + cutAt + ".db");
    AtomicInteger writes = new AtomicInteger();
    boolean cut = false;
    BeforeWrite cutting =
        () -> {
          if (writes.incrementAndGet() >= cutAt) {
            throw new Cut();
          }
        };
    Path after = temp.resolve("after-" + cutAt + ".db");
    try (Database database = new Database(file, cutting)) {
      try {
        run.go(new CampaignStore(database), 60);
      } catch (Cut e) {
        cut = true;
      }
      Raw.copy(file, after);
    } catch (Cut e) {
      cut = true; // while its tables were made
      Raw.copy(file, after);
    }
    try (Database reopened = new Database(after)) {
      CampaignStore store = new CampaignStore(reopened);
      run.go(store, 90);
      Campaign last = store.newest(1).get(0);
      assertEquals(Campaign.Status.COMPLETED, last.status(), "cut at write " + cutAt);
      assertEquals(Set.of(1), new HashSet<>(run.timesTaken()), "cut at write " + cutAt);
      List<CampaignStore.Line> log = store.log(1000);
      long asked = log.stream().filter(l -> l.what().startsWith("asked ")).count();
      assertEquals(SimulatedRun.BOXES, asked, "cut at write " + cutAt + ": " + log);
      for (int i = 1; i < log.size(); i++) {
        assertEquals(log.get(i - 1).sequence() + 1, log.get(i).sequence(), "a gap in the log");
      }
      assertTrue(
          Rollout.tick(last, 0, b -> true, b -> false, (b, g, s, n) -> null).actions().isEmpty());
    }
    for (String end : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(Path.of(file + end));
      Files.deleteIfExists(Path.of(after + end));
    }
    return cut;
  }
}
