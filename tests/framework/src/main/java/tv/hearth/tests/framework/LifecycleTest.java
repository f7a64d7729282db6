package tv.hearth.tests.framework;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.test.common.annotation.InjectBundleContext;

/**
 * Every bundle resolves, starts, stops and starts again, and refreshing a provider takes no other
 * along.
 */
class LifecycleTest {
  @InjectBundleContext BundleContext context;

  private HearthBundles bundles;

  @BeforeEach
  void find() {
    bundles = new HearthBundles(context);
  }

  @Test
  void theWholeSetIsHere() {
    assertTrue(bundles.providers().size() >= 10, () -> "providers: " + bundles.providers());
    assertEquals(4, bundles.libraries().size(), () -> "libraries: " + bundles.libraries());
  }

  @TestFactory
  Stream<DynamicTest> resolvesAndIsActive() {
    return each(
        bundles.all(),
        bundle -> {
          assertNotNull(bundle.adapt(BundleWiring.class), "resolved");
          assertEquals(Bundle.ACTIVE, bundle.getState(), "active");
        });
  }

  @TestFactory
  Stream<DynamicTest> stopsAndStartsAgain() {
    return each(
        bundles.all(),
        bundle -> {
          restart(bundle);
          restart(bundle);
        });
  }

  @TestFactory
  Stream<DynamicTest> refreshOfAProviderIsItselfAlone() {
    return each(bundles.providers(), bundle -> assertEquals(List.of(bundle), closureOf(bundle)));
  }

  @TestFactory
  Stream<DynamicTest> updateToItselfKeepsTheOthersActive() {
    return each(
        bundles.providers(),
        bundle -> {
          BundleWiring before = bundle.adapt(BundleWiring.class);
          Bundles.updateToItself(bundle);
          Bundles.refresh(context, bundle);
          assertEquals(Bundle.ACTIVE, bundle.getState(), "active");
          assertFalse(before.isInUse(), "the old wiring is still in use");
          bundles.all().forEach(b -> assertEquals(Bundle.ACTIVE, b.getState(), b::toString));
        });
  }

  private List<Bundle> closureOf(Bundle bundle) {
    FrameworkWiring wiring = context.getBundle(0).adapt(FrameworkWiring.class);
    return List.copyOf(wiring.getDependencyClosure(List.of(bundle)));
  }

  private static void restart(Bundle bundle) throws BundleException {
    bundle.stop();
    assertEquals(Bundle.RESOLVED, bundle.getState(), "stopped");
    bundle.start();
    assertEquals(Bundle.ACTIVE, bundle.getState(), "started again");
  }

  private static Stream<DynamicTest> each(List<Bundle> subjects, BundleCheck check) {
    return subjects.stream()
        .map(b -> DynamicTest.dynamicTest(b.getSymbolicName(), () -> check.on(b)));
  }

  @FunctionalInterface
  private interface BundleCheck {
    void on(Bundle bundle) throws Exception;
  }
}
