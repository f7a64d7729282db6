package tv.hearth.tests.framework;

import java.util.Arrays;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** Hearth's bundles in the framework that runs the tests, by what they are to an update. */
final class HearthBundles {
  private static final String PREFIX = "tv.hearth.";
  private static final List<String> APIS = List.of("tv.hearth.vendor-api", "tv.hearth.api");

  private final BundleContext context;

  HearthBundles(BundleContext context) {
    this.context = context;
  }

  /** All of ours, without the bundle of these tests. */
  List<Bundle> all() {
    return Arrays.stream(context.getBundles())
        .filter(b -> b.getSymbolicName().startsWith(PREFIX))
        .filter(b -> !b.getSymbolicName().startsWith(PREFIX + "tests."))
        .toList();
  }

  /** Those that offer services and may be replaced while the box runs. */
  List<Bundle> providers() {
    return all().stream().filter(b -> !isLibrary(b) && !isApi(b)).toList();
  }

  /** Libraries under names of their own. */
  List<Bundle> libraries() {
    return all().stream().filter(HearthBundles::isLibrary).toList();
  }

  private static boolean isApi(Bundle bundle) {
    return APIS.contains(bundle.getSymbolicName());
  }

  private static boolean isLibrary(Bundle bundle) {
    return bundle.getSymbolicName().startsWith(PREFIX + "lib.");
  }
}
