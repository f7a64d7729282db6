package tv.hearth.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.identity.Role;
import tv.hearth.api.pieces.PieceStore;
import tv.hearth.api.value.PieceId;
import tv.hearth.support.record.KeepRecord;
import tv.hearth.support.record.Tombstone;
import tv.hearth.tests.contracts.pieces.PieceSamples;
import tv.hearth.transfer.net.Settings;

/** Keeps and deletions that take long hold no thread that answers neighbours: here there is one. */
@Timeout(300)
final class SlowDeletionTest {
  private static final PieceId PIECE = PieceSamples.piece(1, 0, 0);
  private static final Set<String> SLOW = Set.of("delete", "keep");

  @TempDir Path temp;
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private TestBox holder;
  private TestBox owner;

  @BeforeEach
  void start() throws Exception {
    TestNeighbourhood neighbourhood = new TestNeighbourhood(temp);
    holder = new TestBox(neighbourhood, "holder", Settings.DEFAULT, Clock.systemUTC(), false, 1);
    owner = TestBox.member(neighbourhood, "owner");
    PieceStore real = holder.pieces();
    holder.services.pieces.close(real);
    holder.services.pieces.open(slow(real));
  }

  @AfterEach
  void stop() throws Exception {
    release.countDown();
    owner.close();
    holder.close();
  }

  @Test
  void aDeletionThatTakesLongLetsPiecesBeAskedFor() throws Exception {
    Tombstone tombstone = new Tombstone(owner.owner(), PIECE.object(), Instant.EPOCH);
    byte[] signed = owner.identity().sign(Role.HOUSEHOLD, Tombstone.TYPE, tombstone.encode());
    assertPiecesAreAskedForDuring(owner.transfers().delete(holder.id(), signed));
  }

  @Test
  void aKeepThatTakesLongLetsPiecesBeAskedFor() throws Exception {
    KeepRecord keep = new KeepRecord(owner.owner(), PIECE.object(), Instant.EPOCH);
    byte[] signed = owner.identity().sign(Role.HOUSEHOLD, KeepRecord.TYPE, keep.encode());
    assertPiecesAreAskedForDuring(owner.transfers().keep(holder.id(), signed));
  }

  private void assertPiecesAreAskedForDuring(CompletableFuture<Integer> order) throws Exception {
    entered.await();
    assertFalse(owner.transfers().head(holder.id(), PIECE).get());
    assertFalse(order.isDone());
    release.countDown();
    assertEquals(0, order.get());
  }

  private PieceStore slow(PieceStore real) {
    return (PieceStore)
        Proxy.newProxyInstance(
            PieceStore.class.getClassLoader(),
            new Class<?>[] {PieceStore.class},
            (proxy, method, arguments) -> {
              if (SLOW.contains(method.getName())) {
                entered.countDown();
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
