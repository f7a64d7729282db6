package tv.hearth.objects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.cipher.ObjectCipher;
import tv.hearth.api.erasure.ErasureCode;
import tv.hearth.objects.io.Workers;
import tv.hearth.objects.town.Await;
import tv.hearth.objects.town.Holder.Fault;
import tv.hearth.objects.town.Town;
import tv.hearth.support.gate.ServiceGate;
import tv.hearth.vendor.objects.DurabilityClass;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.ObjectFailure.Problem;
import tv.hearth.vendor.objects.ObjectRef;
import tv.hearth.vendor.objects.Shelf;

/** Stopping takes 0.2 s at most beside what a busy machine takes, whoever waits for whatever. */
class StopTest {
  private static final int LENGTH = 1_500_000;

  /** Before this nobody's patience ends by itself: the shortest, a gate's, is five seconds. */
  private static final long NEVER_MILLIS = 4_000;

  private static final ObjectRef REF = ObjectRef.of(Shelf.HOUSEHOLD, "a.mkv");
  private static final DurabilityClass HALF = DurabilityClass.HALF_PROOF;
  @TempDir private Path folder;
  private Town town;

  @BeforeEach
  void build() throws Exception {
    town = new Town(folder, 12);
    Town.put(town.box(0), REF, HALF, Seeds.random().bytes(LENGTH));
    town.restart(0);
  }

  @AfterEach
  void close() {
    town.close();
  }

  private interface Work {
    void run() throws ObjectFailure;
  }

  @Test
  void aReaderWhoseRestoreHangs() throws Exception {
    CountDownLatch hanging = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    replace(town.services(0).code(), ErasureCode.class, "restore", hanging, go);
    loseDataPieces();
    CompletableFuture<Void> reading = start(() -> Town.read(town.box(0), REF, 0, LENGTH));
    assertTrue(hanging.await(15, TimeUnit.SECONDS), "nothing is being restored");
    assertStops(reading);
    go.countDown();
  }

  @Test
  void aReaderWhoWaitsForTheCodeToComeBack() throws Exception {
    loseDataPieces();
    ServiceGate<ErasureCode> gate = town.services(0).code();
    gate.close(gate.get());
    CompletableFuture<Void> reading = start(() -> Town.read(town.box(0), REF, 0, LENGTH));
    Await.until("somebody waits", () -> waits("ServiceGate", "pause"));
    assertStops(reading);
  }

  @Test
  void aWriterWhoWaitsForTheCipherToComeBack() throws Exception {
    ServiceGate<ObjectCipher> gate = town.services(0).cipher();
    gate.close(gate.get());
    CompletableFuture<Void> writing =
        start(() -> Town.put(town.box(0), REF, HALF, new byte[LENGTH]));
    Await.until("somebody waits", () -> waits("ServiceGate", "pause"));
    assertStops(writing);
  }

  @Test
  void aWriterWhoseHoldersAreSilent() throws Exception {
    for (int i = 1; i < 12; i++) {
      town.holder(i).fault(Fault.SILENT);
    }
    CompletableFuture<Void> writing =
        start(() -> Town.put(town.box(0), REF, HALF, new byte[LENGTH]));
    Await.until("somebody waits", () -> waits("SegmentPut", "turn"));
    assertStops(writing);
  }

  @Test
  void aReaderWhoseHoldersAreSilent() throws Exception {
    town.box(0).stat(REF);
    for (int i = 1; i < 12; i++) {
      town.holder(i).fault(Fault.SILENT);
    }
    CompletableFuture<Void> reading = start(() -> Town.read(town.box(0), REF, 0, LENGTH));
    Await.until("somebody waits", () -> waits("objects", "await"));
    assertStops(reading);
  }

  private void assertStops(CompletableFuture<Void> caller) throws Exception {
    long begin = System.nanoTime();
    town.box(0).close();
    long closed = (System.nanoTime() - begin) / 1_000_000;
    ExecutionException failure =
        assertThrows(
            ExecutionException.class,
            () -> caller.get(NEVER_MILLIS, TimeUnit.MILLISECONDS),
            "nobody told the caller");
    assertTrue(Workers.DRAIN_MILLIS <= 200);
    assertTrue(closed < NEVER_MILLIS, "closing took " + closed + " ms");
    ObjectFailure typed = (ObjectFailure) failure.getCause();
    assertEquals(Problem.NOT_READY, typed.problem(), typed.getMessage());
  }

  private static CompletableFuture<Void> start(Work work) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            work.run();
          } catch (ObjectFailure e) {
            throw new CompletionException(e);
          }
        });
  }

  /** So that reading must restore. */
  private void loseDataPieces() {
    for (int i = 1; i < 12; i++) {
      if (town.holder(i).pieces().stream().anyMatch(piece -> piece.index() < 2)) {
        town.holder(i).fault(Fault.DEAD);
      }
    }
  }

  private static boolean waits(String type, String method) {
    return Thread.getAllStackTraces().values().stream()
        .anyMatch(
            stack -> {
              for (StackTraceElement each : stack) {
                if (each.getClassName().contains(type) && each.getMethodName().equals(method)) {
                  return true;
                }
              }
              return false;
            });
  }

  /** The same service, but one of its methods hangs. */
  private static <T> void replace(
      ServiceGate<T> gate,
      Class<T> type,
      String method,
      CountDownLatch hanging,
      CountDownLatch go) {
    T real = gate.get();
    gate.open(
        type.cast(
            Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, called, args) -> {
                  if (called.getName().equals(method)) {
                    hanging.countDown();
                    go.await();
                  }
                  try {
                    return called.invoke(real, args);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                })));
  }
}
