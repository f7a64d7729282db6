package tv.hearth.transfer;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.neighbourhood.Endpoint;
import tv.hearth.api.pieces.PieceStore;
import tv.hearth.api.telemetry.Meter;
import tv.hearth.tests.contracts.pieces.PieceSamples;

/** A box gets another address while it waits for an answer. */
@Timeout(300)
final class MovingTest {
  private final Semaphore asked = new Semaphore(0);
  private final CountDownLatch release = new CountDownLatch(1);

  @Test
  void whatWasUnderWayBeginsAgainAndOutlivesANeighbourThatIsNotFoundYet(@TempDir Path temp)
      throws Exception {
    TestNeighbourhood neighbourhood = new TestNeighbourhood(temp);
    try (TestBox holder = TestBox.member(neighbourhood, "holder");
        TestBox asking = TestBox.member(neighbourhood, "asking")) {
      holder.services.pieces.open(waiting(holder.pieces()));
      CompletableFuture<Boolean> answer =
          asking.transfers().head(holder.id(), PieceSamples.piece(1, 0, 0));
      asked.acquire();
      // The neighbour moved too, and where to is not known yet: nobody listens there.
      neighbourhood.at(holder.id(), new Endpoint("direct4", "127.0.0.6", holder.port()));
      asking.node().lost(InetAddress.getByName("127.0.0.1"));
      while (connections(asking) > 0) {
        assertFalse(Thread.currentThread().isInterrupted(), "a connection is left");
        Thread.onSpinWait();
      }
      assertFalse(answer.isDone());
      neighbourhood.at(holder.id(), new Endpoint("direct4", "127.0.0.1", holder.port()));
      asked.acquire();
      release.countDown();
      assertFalse(answer.get(), "it has no such piece");
    }
  }

  private static double connections(TestBox box) {
    return box.node().meters().read().stream()
        .filter(meter -> meter.name().equals("transfer.connections.out"))
        .mapToDouble(Meter::value)
        .sum();
  }

  /** Says when it is asked, and answers when it may. */
  private PieceStore waiting(PieceStore real) {
    return (PieceStore)
        Proxy.newProxyInstance(
            PieceStore.class.getClassLoader(),
            new Class<?>[] {PieceStore.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("stat")) {
                asked.release();
                release.await();
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
