package tv.hearth.runtime.control;

import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import tv.hearth.support.json.JsonWriter;

/** Stops, updates to itself and starts a bundle of ours, as an update would; for tests. */
final class BundleCommands {
  private static final String OURS = "tv.hearth.";

  private final BundleContext context;

  BundleCommands(BundleContext context) {
    this.context = context;
  }

  /** The bundle's new state and how long the three steps took together. */
  String restart(String name) throws BundleException {
    Bundle bundle = ours(name);
    long begin = System.nanoTime();
    bundle.stop();
    bundle.update();
    bundle.start();
    return new JsonWriter()
        .object()
        .name("bundle")
        .value(name)
        .name("millis")
        .value((System.nanoTime() - begin) / 1e6)
        .name("active")
        .value(bundle.getState() == Bundle.ACTIVE)
        .end()
        .toString();
  }

  /** Our bundles and whether they are active. */
  String list() {
    JsonWriter json = new JsonWriter().object();
    for (Bundle bundle : all()) {
      json.name(bundle.getSymbolicName()).value(bundle.getState() == Bundle.ACTIVE);
    }
    return json.end().toString();
  }

  private List<Bundle> all() {
    List<Bundle> ours = new ArrayList<>();
    for (Bundle bundle : context.getBundles()) {
      String name = bundle.getSymbolicName();
      if (name != null && name.startsWith(OURS)) {
        ours.add(bundle);
      }
    }
    return ours;
  }

  private Bundle ours(String name) {
    return all().stream()
        .filter(bundle -> bundle.getSymbolicName().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no bundle of ours is called " + name));
  }
}
