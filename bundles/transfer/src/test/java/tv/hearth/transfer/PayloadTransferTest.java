package tv.hearth.transfer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.payload.PayloadSource;
import tv.hearth.api.transfer.TransferException;
import tv.hearth.api.transfer.TransferException.Problem;
import tv.hearth.api.value.Bytes;
import tv.hearth.tests.contracts.pieces.PieceSamples;

/** Chunks of releases between two boxes, over real TLS. */
@Timeout(300)
final class PayloadTransferTest {
  private static final int CHUNK = 262_144;

  @TempDir Path temp;
  private final Bytes root = Bytes.of(PieceSamples.content(1, 32));
  private final byte[] content = PieceSamples.content(2, CHUNK);
  private TestBox holder;
  private TestBox asking;

  @BeforeEach
  void start() throws Exception {
    TestNeighbourhood neighbourhood = new TestNeighbourhood(temp);
    holder = TestBox.member(neighbourhood, "holder");
    asking = TestBox.member(neighbourhood, "asking");
  }

  @AfterEach
  void stop() throws Exception {
    asking.close();
    holder.close();
  }

  private void offer(BitSet held) {
    holder.services.payloads.open(
        new PayloadSource() {
          @Override
          public Optional<BitSet> held(Bytes asked) {
            return asked.equals(root) ? Optional.of(held) : Optional.empty();
          }

          @Override
          public Optional<byte[]> chunk(Bytes asked, int index) {
            boolean has = asked.equals(root) && held.get(index);
            return has ? Optional.of(content) : Optional.empty();
          }
        });
  }

  private <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get();
  }

  private Problem problem(CompletableFuture<?> future) {
    ExecutionException e = assertThrows(ExecutionException.class, () -> get(future));
    return ((TransferException) e.getCause()).problem();
  }

  @Test
  void chunksComeAsTheyAreHeld() throws Exception {
    BitSet held = BitSet.valueOf(new long[] {0b1010, 1});
    offer(held);
    assertEquals(held, get(asking.node().payloads().held(holder.id(), root)));
    assertArrayEquals(content, get(asking.node().payloads().chunk(holder.id(), root, 64, CHUNK)));
    assertEquals(
        Problem.NOT_FOUND, problem(asking.node().payloads().chunk(holder.id(), root, 2, CHUNK)));
  }

  @Test
  void whoFetchesAndHasNothingYetIsToldFromWhoDoesNot() throws Exception {
    offer(new BitSet());
    assertEquals(new BitSet(), get(asking.node().payloads().held(holder.id(), root)));
    Bytes other = Bytes.of(PieceSamples.content(3, 32));
    assertEquals(Problem.NOT_FOUND, problem(asking.node().payloads().held(holder.id(), other)));
  }

  @Test
  void aBoxWithoutAnUpdateAgentHasNothing() {
    assertEquals(Problem.NOT_FOUND, problem(asking.node().payloads().held(holder.id(), root)));
    assertEquals(
        Problem.NOT_FOUND, problem(asking.node().payloads().chunk(holder.id(), root, 0, CHUNK)));
  }

  @Test
  void anotherLengthThanWasAskedForIsRefused() {
    offer(BitSet.valueOf(new long[] {1}));
    for (int length : new int[] {CHUNK - 1, CHUNK + 1}) {
      assertEquals(
          Problem.PROTOCOL,
          problem(asking.node().payloads().chunk(holder.id(), root, 0, length)),
          "asked for " + length);
    }
  }
}
