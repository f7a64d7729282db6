package tv.hearth.objects;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tv.hearth.api.cipher.Keyring;
import tv.hearth.api.cipher.ObjectCipher;
import tv.hearth.api.erasure.ErasureCode;
import tv.hearth.api.identity.Identity;
import tv.hearth.api.pieces.PieceStore;
import tv.hearth.api.pieces.RecordStore;
import tv.hearth.api.placement.PlacementPolicy;
import tv.hearth.api.signature.SignatureVerifier;
import tv.hearth.objects.io.Services;
import tv.hearth.objects.town.Await;
import tv.hearth.objects.town.Holder.Fault;
import tv.hearth.objects.town.Town;
import tv.hearth.support.gate.ServiceGate;
import tv.hearth.vendor.objects.DurabilityClass;
import tv.hearth.vendor.objects.ObjectRef;
import tv.hearth.vendor.objects.Shelf;

/** Each provider is replaced again and again in the middle of a put and of a read. */
class ReplacementTest {
  private static final int LENGTH = 6_000_000;
  private static final ObjectRef REF = ObjectRef.of(Shelf.HOUSEHOLD, "long.bin");
  @TempDir private Path folder;
  private final Calls calls = new Calls();
  private Town town;

  /** A bundle whose services go and come back together. */
  enum Provider {
    CRYPTO,
    ERASURE,
    PLACEMENT,
    STORAGE,
    TRANSFER
  }

  @BeforeEach
  void build() throws Exception {
    town = new Town(folder, 12);
    for (int i = 1; i < 12; i++) {
      town.holder(i).delay(8);
    }
  }

  @AfterEach
  void close() {
    town.close();
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void noByteIsLost(Provider provider) throws Exception {
    byte[] content = Seeds.random().bytes(LENGTH);
    Pipeline box = town.box(0);
    int during =
        whileReplacing(provider, 2, () -> Town.put(box, REF, DurabilityClass.HOME, content));
    assertTrue(during > 0, "nothing was replaced during the put");
    if (provider != Provider.STORAGE) {
      town.pieces().lose();
      town.holder(1).fault(Fault.DEAD);
      town.holder(2).fault(Fault.DEAD);
    }
    int reading = whileReplacing(provider, 2, () -> assertArrayEquals(content, readInSteps(box)));
    assertTrue(reading > 0, "nothing was replaced during the read");
  }

  private static byte[] readInSteps(Pipeline box) throws Exception {
    byte[] all = new byte[LENGTH];
    for (int at = 0; at < LENGTH; at += 300_000) {
      byte[] part = Town.read(box, REF, at, Math.min(300_000, LENGTH - at));
      System.arraycopy(part, 0, all, at, part.length);
    }
    return all;
  }

  private interface Work {
    void run() throws Exception;
  }

  /** Returns how often it was replaced before the work was done; at least that often after all. */
  private int whileReplacing(Provider provider, int least, Work work) throws Exception {
    CompletableFuture<Void> done =
        CompletableFuture.runAsync(
            () -> {
              try {
                work.run();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    AtomicInteger during = new AtomicInteger();
    for (int i = 0; i < least || !done.isDone(); i++) {
      if (!done.isDone()) {
        during.incrementAndGet();
      }
      long moved = town.moved();
      replace(provider, done::isDone);
      Await.until(
          "the new one is used", () -> done.isDone() || isUsed(provider, town.moved() - moved));
    }
    done.get(2, TimeUnit.MINUTES);
    return during.get();
  }

  /** Whoever failed with the old one got on with the new one: it is no call's second exchange. */
  private boolean isUsed(Provider provider, long moved) {
    return provider == Provider.TRANSFER ? moved > 0 : calls.owing.isEmpty() && calls.answered;
  }

  private void replace(Provider provider, BooleanSupplier isOver) {
    Services services = town.services(0);
    switch (provider) {
      case CRYPTO:
        swap(
            isOver,
            List.of(
                old(services.identity(), Identity.class),
                old(services.keyring(), Keyring.class),
                old(services.cipher(), ObjectCipher.class),
                old(services.verifier(), SignatureVerifier.class)));
        break;
      case ERASURE:
        swap(isOver, List.of(old(services.code(), ErasureCode.class)));
        break;
      case PLACEMENT:
        swap(isOver, List.of(old(services.placement(), PlacementPolicy.class)));
        break;
      case STORAGE:
        swap(
            isOver,
            List.of(
                old(services.pieces(), PieceStore.class),
                old(services.records(), RecordStore.class)));
        break;
      default:
        town.updateTransfer(0);
    }
  }

  /** All go, calls under way fail, all come back when somebody waits for them. */
  private void swap(BooleanSupplier isOver, List<Swap<?>> swaps) {
    each(swaps, Swap::stop);
    Await.until("somebody misses it", () -> isOver.getAsBoolean() || isMissed());
    calls.answered = false;
    each(swaps, Swap::start);
  }

  private static boolean isMissed() {
    return Thread.getAllStackTraces().values().stream()
        .flatMap(Arrays::stream)
        .anyMatch(
            frame ->
                frame.getClassName().equals(ServiceGate.class.getName())
                    && frame.getMethodName().equals("pause"));
  }

  private static void each(List<Swap<?>> swaps, Consumer<Swap<?>> step) {
    swaps.forEach(step);
  }

  private <T> Swap<T> old(ServiceGate<T> gate, Class<T> type) {
    return new Swap<>(gate, type, gate.now().orElseThrow(), calls);
  }

  private record Swap<T>(ServiceGate<T> gate, Class<T> type, T service, Calls calls) {
    void stop() {
      gate.close(service);
      if (Proxy.isProxyClass(service.getClass())) {
        ((Stoppable) Proxy.getInvocationHandler(service)).stopped = true;
      }
    }

    void start() {
      Object real =
          Proxy.isProxyClass(service.getClass())
              ? ((Stoppable) Proxy.getInvocationHandler(service)).real
              : service;
      gate.open(
          type.cast(
              Proxy.newProxyInstance(
                  type.getClassLoader(), new Class<?>[] {type}, new Stoppable(real, calls))));
    }
  }

  /** What came of the calls on services that are exchanged. */
  private static final class Calls {
    final Set<Thread> owing = ConcurrentHashMap.newKeySet();
    volatile boolean answered;
  }

  /** A service of a bundle that can be stopped: then every call fails, also those under way. */
  private static final class Stoppable implements InvocationHandler {
    private final Object real;
    private final Calls calls;
    private volatile boolean stopped;

    Stoppable(Object real, Calls calls) {
      this.real = real;
      this.calls = calls;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
      check();
      try {
        Object result = method.invoke(real, args);
        check();
        calls.owing.remove(Thread.currentThread());
        calls.answered = true;
        return result;
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }

    private void check() {
      if (stopped) {
        calls.owing.add(Thread.currentThread());
        throw new IllegalStateException("the bundle was stopped");
      }
    }
  }
}
