package tv.hearth.support.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ServiceGateTest {
  private static final Duration LONG = Duration.ofDays(1);

  private static Thread waiting(Runnable work) {
    Thread thread = new Thread(work);
    thread.start();
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      assertTrue(thread.isAlive(), "ended without waiting");
      Thread.onSpinWait();
    }
    return thread;
  }

  @Test
  void aCallerWaitsForTheServiceToCome() throws Exception {
    ServiceGate<String> gate = new ServiceGate<>("Clock", LONG);
    CompletableFuture<String> got = new CompletableFuture<>();
    Thread caller = waiting(() -> got.complete(gate.get()));
    gate.open("first");
    caller.join();
    assertEquals("first", got.get());
    assertEquals(Optional.of("first"), gate.now());
  }

  @Test
  void theWaitIsBoundedAndNamesTheService() {
    ServiceGate<String> gate = new ServiceGate<>("Clock", Duration.ofMillis(30));
    long begin = System.nanoTime();
    ServiceMissingException thrown = assertThrows(ServiceMissingException.class, gate::get);
    assertEquals("Clock is not there; is its bundle started?", thrown.getMessage());
    assertTrue(System.nanoTime() - begin >= 29_000_000);
  }

  @Test
  void aLateUnbindDoesNotCloseItsSuccessor() {
    ServiceGate<String> gate = new ServiceGate<>("Clock", Duration.ZERO);
    gate.open("old");
    gate.open("new");
    gate.close("old");
    assertEquals("new", gate.get());
    gate.close("new");
    assertEquals(Optional.empty(), gate.now());
  }

  @Test
  void interruptionEndsTheWaitAndStays() throws Exception {
    ServiceGate<String> gate = new ServiceGate<>("Clock", LONG);
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Thread caller =
        waiting(
            () -> {
              assertThrows(ServiceMissingException.class, gate::get);
              interrupted.complete(Thread.currentThread().isInterrupted());
            });
    caller.interrupt();
    caller.join();
    assertTrue(interrupted.get());
  }

  @Test
  void shutFreesWhoWaits() throws Exception {
    ServiceGate<String> gate = new ServiceGate<>("Clock", LONG);
    CompletableFuture<String> message = new CompletableFuture<>();
    Thread caller =
        waiting(
            () ->
                message.complete(
                    assertThrows(ServiceMissingException.class, gate::get).getMessage()));
    gate.shut();
    caller.join();
    assertEquals("Clock is not there, and this bundle is being stopped", message.get());
    gate.open("still");
    assertEquals("still", gate.get());
  }

  @Test
  void aFailedCallIsNotRepeatedOnTheSameProvider() {
    ServiceGate<String> gate = new ServiceGate<>("Clock", LONG);
    gate.open("only");
    List<String> called = new ArrayList<>();
    IOException failure = new IOException("broken");
    IOException thrown = assertThrows(IOException.class, () -> gate.call(fail(called, failure)));
    assertSame(failure, thrown);
    assertEquals(List.of("only"), called);
  }

  @Test
  void aCallIsRepeatedOnceWhereTheProviderWasReplaced() throws IOException {
    ServiceGate<String> gate = new ServiceGate<>("Clock", LONG);
    gate.open("old");
    List<String> called = new ArrayList<>();
    String answer =
        gate.call(
            service -> {
              called.add(service);
              if (service.equals("old")) {
                gate.open("new");
                throw new IOException("stopped");
              }
              return service;
            });
    assertEquals("new", answer);
    assertEquals(List.of("old", "new"), called);
  }

  @Test
  void aRepeatedCallThatFailsIsNotRepeatedAgain() {
    ServiceGate<String> gate = new ServiceGate<>("Clock", LONG);
    gate.open("1");
    List<String> called = new ArrayList<>();
    assertThrows(
        IOException.class,
        () ->
            gate.call(
                service -> {
                  called.add(service);
                  gate.open(service + "1");
                  throw new IOException("each one");
                }));
    assertEquals(List.of("1", "11"), called);
  }

  private static ServiceGate.Call<String, String, IOException> fail(
      List<String> called, IOException failure) {
    return service -> {
      called.add(service);
      throw failure;
    };
  }

  @Test
  void whatAStoppedBundleCanLoadNoMoreIsAskedOfTheNewOne() {
    ServiceGate<String> gate = new ServiceGate<>("Clock", LONG);
    gate.open("old");
    String said =
        gate.call(
            service -> {
              if (service.equals("old")) {
                gate.open("new");
                throw new NoClassDefFoundError("clock/NeverUsedBefore");
              }
              return service;
            });
    assertEquals("new", said);
    assertThrows(
        NoClassDefFoundError.class,
        () ->
            gate.call(
                service -> {
                  throw new NoClassDefFoundError("its own fault");
                }));
  }
}
