package tv.hearth.tests.framework;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.wiring.FrameworkWiring;

/** What these tests do to bundles. */
final class Bundles {
  private static final String REFERENCE = "reference:";
  private static final long PATIENCE_SECONDS = 30;

  private Bundles() {}

  /** Updates a bundle from the very jar it was installed from. */
  static void updateToItself(Bundle bundle) throws BundleException, IOException {
    try (InputStream jar = open(bundle.getLocation())) {
      bundle.update(jar);
    }
  }

  /** Installs and starts what was uninstalled, from where it came. */
  static Bundle installAndStart(BundleContext context, String location)
      throws BundleException, IOException {
    try (InputStream jar = open(location)) {
      Bundle bundle = context.installBundle(location, jar);
      bundle.start();
      return bundle;
    }
  }

  /** Refreshes one bundle and waits until the framework says that it has. */
  static void refresh(BundleContext context, Bundle bundle) throws InterruptedException {
    CountDownLatch refreshed = new CountDownLatch(1);
    FrameworkWiring wiring = context.getBundle(0).adapt(FrameworkWiring.class);
    wiring.refreshBundles(
        List.of(bundle),
        event -> {
          if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
            refreshed.countDown();
          }
        });
    assertTrue(
        refreshed.await(PATIENCE_SECONDS, TimeUnit.SECONDS), () -> "no refresh of " + bundle);
  }

  private static InputStream open(String location) throws IOException {
    String plain =
        location.startsWith(REFERENCE) ? location.substring(REFERENCE.length()) : location;
    return URI.create(plain).toURL().openStream();
  }
}
