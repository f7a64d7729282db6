package tv.hearth.objects;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tv.hearth.api.cipher.Keyring;
import tv.hearth.api.cipher.ObjectCipher;
import tv.hearth.api.cipher.Space;
import tv.hearth.api.erasure.ErasureCode;
import tv.hearth.api.identity.Identity;
import tv.hearth.api.neighbourhood.Neighbourhood;
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

/**
 * Each provider is exchanged at the worst moment, again and again: between being fetched and being
 * called, which then finds that its bundle was stopped.
 */
class ExchangeTest {
  private static final int LENGTH = 700_000;
  private static final ObjectRef REF = ObjectRef.of(Shelf.HOUSEHOLD, "holiday.bin");
  private static final ObjectRef FILM = ObjectRef.of(Shelf.CATALOGUE, "film.bin");
  @TempDir private Path folder;
  private final AtomicInteger exchanges = new AtomicInteger();
  private Town town;

  /** A bundle whose services go and come back together. */
  enum Provider {
    CRYPTO,
    ERASURE,
    PLACEMENT,
    STORAGE,
    MEMBERSHIP
  }

  @BeforeEach
  void build() throws Exception {
    town = new Town(folder, 12);
  }

  @AfterEach
  void close() {
    town.close();
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void noCallFails(Provider provider) throws Exception {
    byte[] film = Seeds.random().bytes(LENGTH);
    Town.put(town.ingest(), FILM, DurabilityClass.FILM, film);
    Await.until(
        "it has the catalogue's key",
        () -> town.services(0).keyring().get().canRead(Space.CATALOGUE));
    exchange(provider, town.services(0));
    byte[] content = Seeds.random().bytes(LENGTH);
    Pipeline box = town.box(0);
    Town.put(box, REF, DurabilityClass.HOME, content);
    for (int at = 0; at < LENGTH; at += 100_000) {
      assertArrayEquals(part(film, at), Town.read(box, FILM, at, 100_000));
    }
    if (provider != Provider.STORAGE) {
      town.pieces().lose();
      town.holder(1).fault(Fault.DEAD);
      town.holder(2).fault(Fault.DEAD);
    }
    for (int at = 0; at < LENGTH; at += 100_000) {
      assertArrayEquals(part(content, at), Town.read(box, REF, at, 100_000));
    }
    assertEquals(LENGTH, box.stat(REF).length());
    assertEquals(1, box.list(Shelf.HOUSEHOLD, "").size());
    box.delete(REF);
    assertTrue(exchanges.get() > 0, "nothing was exchanged");
  }

  private static byte[] part(byte[] whole, int at) {
    return Arrays.copyOfRange(whole, at, at + 100_000);
  }

  private void exchange(Provider provider, Services services) {
    switch (provider) {
      case CRYPTO:
        put(services.identity(), Identity.class);
        put(services.keyring(), Keyring.class);
        put(services.cipher(), ObjectCipher.class);
        put(services.verifier(), SignatureVerifier.class);
        break;
      case ERASURE:
        put(services.code(), ErasureCode.class);
        break;
      case PLACEMENT:
        put(services.placement(), PlacementPolicy.class);
        break;
      case STORAGE:
        put(services.pieces(), PieceStore.class);
        put(services.records(), RecordStore.class);
        break;
      default:
        put(services.neighbourhood(), Neighbourhood.class);
    }
  }

  private <T> void put(ServiceGate<T> gate, Class<T> type) {
    new Exchanged<>(gate, type, gate.now().orElseThrow(), exchanges).open();
  }

  /**
   * The first call from each line of the pipeline comes too late: another service is there in this
   * one's place, and the call fails before it has done anything. A thread has some calls' peace
   * after that, as nothing is exchanged twice in a moment.
   */
  private static final class Exchanged<T> implements InvocationHandler {
    private static final int PEACE = 8;
    private final Set<String> met = ConcurrentHashMap.newKeySet();
    private final ThreadLocal<Integer> peace = ThreadLocal.withInitial(() -> 0);
    private final ServiceGate<T> gate;
    private final Class<T> type;
    private final T real;
    private final AtomicInteger exchanges;

    Exchanged(ServiceGate<T> gate, Class<T> type, T real, AtomicInteger exchanges) {
      this.gate = gate;
      this.type = type;
      this.real = real;
      this.exchanges = exchanges;
    }

    void open() {
      gate.open(
          type.cast(
              Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, this::invoke)));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
      if (method.getDeclaringClass() == Object.class) {
        return method.invoke(real, args);
      }
      peace.set(peace.get() - 1);
      if (peace.get() < 0 && met.add(caller())) {
        peace.set(PEACE);
        exchanges.incrementAndGet();
        open();
        throw new IllegalStateException("the bundle was stopped");
      }
      try {
        return method.invoke(real, args);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }

    /** The line of the pipeline that calls. */
    private static String caller() {
      return StackWalker.getInstance()
          .walk(
              frames ->
                  frames
                      .filter(frame -> frame.getClassName().startsWith("tv.hearth.objects."))
                      .filter(frame -> !frame.getClassName().contains("ExchangeTest"))
                      .findFirst()
                      .map(frame -> frame.getClassName() + ":" + frame.getLineNumber())
                      .orElse(""));
    }
  }
}
