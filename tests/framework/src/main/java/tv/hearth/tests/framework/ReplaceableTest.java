package tv.hearth.tests.framework;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.test.common.annotation.InjectBundleContext;

/**
 * A provider that is stopped and uninstalled leaves nothing behind: its class loader is collected.
 */
class ReplaceableTest {
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  @InjectBundleContext BundleContext context;

  @TestFactory
  Stream<DynamicTest> classLoaderIsCollected() {
    return new HearthBundles(context)
        .providers().stream()
            .map(
                b ->
                    DynamicTest.dynamicTest(
                        b.getSymbolicName(), () -> throwAway(b.getBundleId(), b.getLocation())));
  }

  private void throwAway(long id, String location) throws Exception {
    WeakReference<ClassLoader> loader = uninstall(id);
    try {
      assertTrue(collected(loader), "its class loader is still reachable after stop and uninstall");
    } finally {
      Bundles.installAndStart(context, location);
    }
  }

  /** In a method of its own, so that no local variable of a caller holds the bundle. */
  private WeakReference<ClassLoader> uninstall(long id) throws Exception {
    Bundle bundle = context.getBundle(id);
    WeakReference<ClassLoader> loader =
        new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader());
    bundle.stop();
    bundle.uninstall();
    Bundles.refresh(context, bundle);
    return loader;
  }

  /**
   * Collects garbage until the loader is gone; a little allocation makes soft references go too.
   */
  private static boolean collected(WeakReference<ClassLoader> loader) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (loader.get() != null && System.nanoTime() < deadline) {
      List<byte[]> pressure = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        pressure.add(new byte[1 << 20]);
      }
      System.gc();
    }
    return loader.get() == null;
  }
}
