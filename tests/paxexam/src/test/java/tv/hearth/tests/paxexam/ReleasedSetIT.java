package tv.hearth.tests.paxexam;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.options;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/** What a vendor sees who installs the released set beside bundles of its own. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class ReleasedSetIT {
  private static final String OURS = "tv.hearth.";
  private static final String LIBRARY = "tv.hearth.lib.";
  private static final String CRYPTOGRAPHY = "org.bouncycastle";

  @Inject private BundleContext context;

  /** The exported set, and the vendor's own Bouncy Castle. */
  @Configuration
  public Option[] set() throws IOException {
    String framework = System.getProperty("hearth.framework");
    Path home = Path.of("target", "home-" + framework).toAbsolutePath();
    return options(
        bundles(Path.of("target", "vendor")),
        bundles(Path.of("..", "..", "runtime", "box", "target", "export", "box")),
        frameworkProperty("hearth.home").value(home.toString()),
        systemProperty("hearth.framework").value(framework),
        systemProperty("org.ops4j.pax.logging.DefaultServiceLog.level").value("WARN"),
        junitBundles());
  }

  @Test
  public void theFrameworkIsTheOneThatWasMeant() {
    String vendor = context.getProperty(Constants.FRAMEWORK_VENDOR).toLowerCase(Locale.ROOT);
    String meant = System.getProperty("hearth.framework");
    assertTrue(vendor, vendor.contains(meant.equals("felix") ? "apache" : "eclipse"));
  }

  @Test
  public void everyBundleOfTheSetIsActive() {
    List<Bundle> ours = ours();
    assertTrue("bundles: " + ours, ours.size() >= 16);
    for (Bundle bundle : ours) {
      assertEquals(bundle.getSymbolicName(), Bundle.ACTIVE, bundle.getState());
    }
  }

  @Test
  public void pureServicesAreThereWithoutConfiguration() {
    for (String service :
        List.of("tv.hearth.api.erasure.ErasureCode", "tv.hearth.api.placement.PlacementPolicy")) {
      ServiceReference<?> reference = context.getServiceReference(service);
      assertNotNull(service, reference);
      assertTrue(service, reference.getBundle().getSymbolicName().startsWith(OURS));
    }
  }

  @Test
  public void oursAndTheVendorsNeverWireToEachOthersLibraries() {
    boolean vendorUsesItsOwn = false;
    for (Bundle bundle : context.getBundles()) {
      for (BundleWire wire : packagesOf(bundle)) {
        String provider = wire.getProvider().getSymbolicName();
        boolean ourLibrary = provider.startsWith(LIBRARY);
        boolean our = bundle.getSymbolicName().startsWith(OURS);
        assertFalse(wire.toString(), ourLibrary && !our);
        if (packageOf(wire).startsWith(CRYPTOGRAPHY)) {
          assertEquals(wire.toString(), our, ourLibrary);
          vendorUsesItsOwn |= !our;
        }
      }
    }
    assertTrue("no vendor's bundle uses its own Bouncy Castle", vendorUsesItsOwn);
  }

  private List<Bundle> ours() {
    return Arrays.stream(context.getBundles())
        .filter(b -> b.getSymbolicName().startsWith(OURS))
        .toList();
  }

  private static List<BundleWire> packagesOf(Bundle bundle) {
    BundleWiring wiring = bundle.adapt(BundleWiring.class);
    return wiring == null ? List.of() : wiring.getRequiredWires(PackageNamespace.PACKAGE_NAMESPACE);
  }

  private static String packageOf(BundleWire wire) {
    Object name = wire.getCapability().getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE);
    return String.valueOf(name);
  }

  private static Option bundles(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return composite(
          files
              .filter(f -> f.toString().endsWith(".jar"))
              .map(f -> bundle(f.toUri().toString()))
              .toArray(Option[]::new));
    }
  }
}
