package tv.hearth.objects.errand;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tv.hearth.api.identity.Identity;
import tv.hearth.api.pieces.RecordStore;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.OwnerId;
import tv.hearth.objects.core.BackOff;
import tv.hearth.objects.core.HolderHealth;
import tv.hearth.objects.io.Boxes;
import tv.hearth.objects.io.Remote;
import tv.hearth.objects.io.Services;
import tv.hearth.objects.io.Workers;
import tv.hearth.vendor.objects.Shelf;

@Timeout(300)
class ErrandsTest {
  private static final BoxId BOX = new BoxId("a".repeat(32));
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  @TempDir private Path folder;

  private static Errand errand(String id) {
    return new Errand(
        Errand.Kind.ERASE,
        id,
        Shelf.HOUSEHOLD,
        new OwnerId("c".repeat(32)),
        Optional.of(new ObjectId("0".repeat(32))),
        Optional.empty(),
        Instant.MAX,
        List.of(BOX),
        Bytes.of(new byte[] {1}),
        Errand.NONE);
  }

  /** Is asked for before each telling, and fails with what the test has for that. */
  private static Identity failing(CountDownLatch asked, Class<? extends Throwable> with) {
    return (Identity)
        Proxy.newProxyInstance(
            ErrandsTest.class.getClassLoader(),
            new Class<?>[] {Identity.class},
            (proxy, method, arguments) -> {
              asked.countDown();
              throw with.getConstructor(String.class).newInstance("as the test wants it");
            });
  }

  private static RecordStore store() {
    return (RecordStore)
        Proxy.newProxyInstance(
            ErrandsTest.class.getClassLoader(),
            new Class<?>[] {RecordStore.class},
            (proxy, method, arguments) -> {
              throw new UnsupportedOperationException(method.getName());
            });
  }

  /**
   * As while a provider is exchanged, whose classes are gone: that box is told later all the same.
   */
  @ParameterizedTest
  @ValueSource(classes = {NoClassDefFoundError.class, IllegalStateException.class})
  void whateverIsThrownTheBoxIsToldAgain(Class<? extends Throwable> thrown) throws Exception {
    CountDownLatch asked = new CountDownLatch(3);
    Services services = new Services();
    services.records().open(store());
    services.identity().open(failing(asked, thrown));
    Workers workers = new Workers(1);
    try {
      Remote remote = new Remote(services, workers);
      Boxes boxes = new Boxes(services, remote, workers, null, new HolderHealth());
      Errands errands =
          new Errands(new Journal(folder), boxes, workers, new BackOff(MILLI, 10 * MILLI));
      errands.add(errand("erase-1"));
      asked.await();
      assertTrue(errands.has("erase-1"));
      assertEquals(1, errands.waiting());
    } finally {
      workers.close();
    }
  }
}
