package tv.hearth.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.support.release.Before;
import tv.hearth.support.release.FolderDisk;
import tv.hearth.support.release.Journal;
import tv.hearth.support.release.OperationRecord;
import tv.hearth.support.release.Restart;
import tv.hearth.support.release.SetRecord;
import tv.hearth.support.release.State.Step;
import tv.hearth.update.engine.Ledger;

@Timeout(300)
class AgentTest {
  @TempDir private Path folder;

  @Test
  void anEndThatIsAskedForCutsTheTrialsWindowAndNotTheOneOfTheWayBack() throws Exception {
    try (FolderDisk disk = new FolderDisk(folder)) {
      Ledger ledger = new Ledger(new Journal(disk), operation -> {});
      SetRecord set = new SetRecord("t", "n", "v", 1, 60, List.of(), Map.of());
      ledger.change(
          s ->
              s.withGood(set)
                  .with(OperationRecord.begun("op", "release/box/2.json", "WATCHING", 1))
                  .trying(set, Before.NONE)
                  .in(Step.WATCHING));
      Agent agent = new Agent(ledger, null, InstantSource.system(), true);
      assertTrue(agent.waits());
      agent.cancel("op");
      assertTrue(agent.isCancelled());
      assertFalse(agent.waits());
      ledger.change(s -> Restart.givenUp(s, "CANCELLED", "asked for"));
      assertTrue(agent.waits());
      ledger.change(s -> Restart.returned(s, "tv.hearth.storage fails: x", 2));
      assertEquals(
          "went back from release/box/2.json, but: tv.hearth.storage fails: x", agent.ailing());
      agent.close(0);
      assertFalse(agent.waits());
    }
  }

  @Test
  void anErrorIsNotedAndTheAgentLivesOn() throws Exception {
    CompletableFuture<Thread> worker = new CompletableFuture<>();
    Agent agent = new Agent(null, null, InstantSource.system(), false);
    agent.start(
        () -> {
          worker.complete(Thread.currentThread());
          throw new NoClassDefFoundError("tv/hearth/Gone");
        });
    while (agent.failures().count() == 0 && worker.getNow(Thread.currentThread()).isAlive()) {
      Thread.onSpinWait();
    }
    assertEquals(1, agent.failures().count());
    assertTrue(worker.get().isAlive());
    assertFalse(agent.isClosed());
    agent.close(10_000);
    assertTrue(agent.isClosed());
    assertTrue(agent.failures().trouble().contains("Gone"), agent.failures().trouble());
  }
}
