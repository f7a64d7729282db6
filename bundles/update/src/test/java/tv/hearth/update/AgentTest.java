package tv.hearth.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AgentTest {
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
    agent.close(10_000);
    assertTrue(agent.failures().trouble().contains("Gone"), agent.failures().trouble());
  }
}
