package tv.hearth.update.payload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.BitSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tv.hearth.api.identity.Identity;
import tv.hearth.api.payload.PayloadTransfer;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.support.gate.ServiceGate;
import tv.hearth.support.gate.ServiceMissingException;

/** Calls to neighbours while the bundles that make them are exchanged. */
class BoxNeighboursTest {
  private static final BoxId SELF = new BoxId("a".repeat(32));
  private static final Bytes ROOT = Bytes.of(new byte[32]);
  private final BoxNeighbours neighbours = new BoxNeighbours();

  @AfterEach
  void shut() {
    neighbours.shut();
  }

  @Test
  void whoWasStoppedBetweenBeingFetchedAndBeingCalledIsAskedOnceMore() throws Exception {
    stopped(neighbours.identity, Identity.class, SELF);
    assertEquals(SELF, neighbours.self());
    stopped(
        neighbours.transfer,
        PayloadTransfer.class,
        CompletableFuture.completedFuture(BitSet.valueOf(new long[] {5})));
    assertEquals(2, neighbours.held(SELF, ROOT).get().cardinality());
    byte[] chunk = {1, 2};
    stopped(neighbours.transfer, PayloadTransfer.class, CompletableFuture.completedFuture(chunk));
    assertArrayEquals(chunk, neighbours.chunk(SELF, ROOT, 0, 2).get());
  }

  @Test
  void whereNobodyCallsNeighboursTheAnswerSaysSo() {
    neighbours.shut();
    CompletableFuture<BitSet> held = neighbours.held(SELF, ROOT);
    assertTrue(held.isCompletedExceptionally());
    assertEquals(
        ServiceMissingException.class,
        held.handle((value, failure) -> (Object) failure.getClass()).join());
  }

  /** Its first call finds that its bundle was stopped; whoever took its place answers that. */
  private static <T> void stopped(ServiceGate<T> gate, Class<T> type, Object answer) {
    gate.open(
        type.cast(
            Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (old, method, args) -> {
                  gate.open(
                      type.cast(
                          Proxy.newProxyInstance(
                              type.getClassLoader(),
                              new Class<?>[] {type},
                              (present, same, again) -> answer)));
                  throw new IllegalStateException("the bundle was stopped");
                })));
  }
}
