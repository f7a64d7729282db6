package tv.hearth.objects.name;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tv.hearth.api.cipher.Keyring;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.neighbourhood.Neighbourhood;
import tv.hearth.objects.io.Authority;
import tv.hearth.objects.io.Services;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.ObjectFailure.Problem;
import tv.hearth.vendor.objects.Shelf;

/** A box looks for its grant of the catalogue's key: every read of a film comes by here. */
@Timeout(300)
class CatalogueGrantsTest {
  private final CountDownLatch looking = new CountDownLatch(1);
  private final CountDownLatch answered = new CountDownLatch(1);
  private final AtomicInteger looks = new AtomicInteger();
  private final AtomicBoolean granted = new AtomicBoolean();
  private final CatalogueGrants grants;

  CatalogueGrantsTest() {
    Services services = new Services();
    services.keyring().open(fake(Keyring.class, (proxy, method, arguments) -> granted.get()));
    services.neighbourhood().open(fake(Neighbourhood.class, (proxy, method, a) -> slowMap()));
    grants = new CatalogueGrants(services, new Authority(services), null, null);
  }

  private static <T> T fake(Class<T> type, InvocationHandler answers) {
    return type.cast(
        Proxy.newProxyInstance(
            CatalogueGrantsTest.class.getClassLoader(), new Class<?>[] {type}, answers));
  }

  /** Stands for the network: it answers when the test wants it, and knows no grant. */
  private Optional<BoxMap> slowMap() throws InterruptedException {
    looks.incrementAndGet();
    looking.countDown();
    answered.await();
    return Optional.of(new BoxMap("n", 1, 1, Instant.MAX, List.of(), Map.of()));
  }

  private CompletableFuture<Boolean> look() {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return grants.ensure();
          } catch (ObjectFailure e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void oneLooksAndNobodyWaitsForHim() throws Exception {
    CompletableFuture<Boolean> slow = look();
    looking.await();
    for (int i = 0; i < 100; i++) {
      assertFalse(grants.ensure());
      ObjectFailure notNow =
          assertThrows(ObjectFailure.class, () -> grants.require(Shelf.CATALOGUE));
      assertEquals(Problem.NOT_READY, notNow.problem(), "that is not known, and no 'no'");
    }
    grants.require(Shelf.HOUSEHOLD);
    assertFalse(slow.isDone());
    assertEquals(1, looks.get(), "the others did not look, too");
    answered.countDown();
    ExecutionException none = assertThrows(ExecutionException.class, slow::get);
    assertTrue(none.getMessage().contains("names no content authority"), none.getMessage());
  }

  @Test
  void whoHasTheKeyLooksNoMore() throws Exception {
    granted.set(true);
    assertTrue(grants.ensure());
    grants.require(Shelf.CATALOGUE);
    assertEquals(0, looks.get());
  }

  /** A look that failed does not keep the next from looking. */
  @Test
  void afterALookThatFailedAnotherMayLook() throws Exception {
    answered.countDown();
    assertThrows(ObjectFailure.class, grants::ensure);
    while (looks.get() < 2) {
      try {
        assertFalse(grants.ensure());
      } catch (ObjectFailure e) {
        assertEquals(Problem.NOT_READY, e.problem());
      }
    }
    assertEquals(2, looks.get());
  }
}
