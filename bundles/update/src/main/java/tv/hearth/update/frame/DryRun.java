package tv.hearth.update.frame;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Dictionary;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import tv.hearth.api.update.UpdateException;
import tv.hearth.api.update.UpdateException.Problem;
import tv.hearth.support.owner.Ownership;
import tv.hearth.support.release.Bounded;
import tv.hearth.support.release.FrameException;
import tv.hearth.support.release.ShadowSet;
import tv.hearth.tuf.release.ReleaseBundle;
import tv.hearth.tuf.release.ReleaseFile;
import tv.hearth.update.engine.Ports;

/**
 * Asks the framework's own resolver, before anything is downloaded: for a moment it gets shadows of
 * the release's bundles, which are their manifests and nothing else, under other names. A resolver
 * hook keeps shadows and real bundles apart, so nothing that runs is touched, and shadows see what
 * will stay: the platform's, the vendor's and the firmware's bundles. A shadow is never started.
 */
public final class DryRun implements Ports.Resolver {
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final String NAME = "hearth.shadow.";
  private static final Set<String> LEFT_OUT =
      Set.of(Constants.BUNDLE_ACTIVATOR, "Service-Component", Constants.BUNDLE_ACTIVATIONPOLICY);

  private final BundleContext context;
  private final BundleContext system;
  private final FrameworkWiring wiring;

  /** Over the framework; takes away what an earlier run left when the power went. */
  public DryRun(BundleContext context) throws FrameException {
    this.context = context;
    Bundle framework = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
    this.system = framework.getBundleContext();
    this.wiring = framework.adapt(FrameworkWiring.class);
    remove(shadows());
  }

  @Override
  public void check(ReleaseFile release, Set<Long> touched) throws UpdateException {
    try {
      Bounded.call(
          "dry resolution of " + release.name(),
          LONGEST,
          () -> {
            run(release, touched);
            return release;
          });
    } catch (FrameException e) {
      if (e.getCause() instanceof UpdateException known) {
        throw known;
      }
      throw new UpdateException(Problem.UNRESOLVABLE, e.getMessage(), e);
    }
  }

  private void run(ReleaseFile release, Set<Long> touched) throws Exception {
    Set<Long> away = away(touched);
    ServiceRegistration<ResolverHookFactory> hook =
        context.registerService(ResolverHookFactory.class, triggers -> new Apart(away), null);
    List<Bundle> shadows = new ArrayList<>();
    try {
      for (ReleaseBundle bundle : release.bundles()) {
        shadows.add(install(bundle.symbolicName(), bundle.headers()));
      }
      for (long id : touched) {
        Bundle real = system.getBundle(id);
        if (real != null && !Ownership.isManaged(real.getSymbolicName())) {
          shadows.add(install(real.getSymbolicName(), headers(real)));
        }
      }
      wiring.resolveBundles(shadows);
      explain(shadows);
    } finally {
      try {
        remove(shadows);
      } finally {
        hook.unregister();
      }
    }
  }

  /** What will not be there as it is now: all that a release may change, and all it restarts. */
  private Set<Long> away(Set<Long> touched) {
    Set<Long> away = new HashSet<>(touched);
    for (Bundle bundle : system.getBundles()) {
      if (Ownership.isManaged(bundle.getSymbolicName())) {
        away.add(bundle.getBundleId());
      }
    }
    return away;
  }

  private static void explain(List<Bundle> shadows) throws UpdateException {
    List<String> reasons = new ArrayList<>();
    for (Bundle shadow : shadows) {
      if ((shadow.getState() & (Bundle.INSTALLED | Bundle.UNINSTALLED)) != 0) {
        reasons.add(reason(shadow));
      }
    }
    if (!reasons.isEmpty()) {
      throw new UpdateException(
          Problem.UNRESOLVABLE, "it does not resolve here: " + String.join("; ", reasons));
    }
  }

  /** A start says why it can't be; a shadow has nothing in it that could run. */
  private static String reason(Bundle shadow) {
    String name = shadow.getSymbolicName().substring(NAME.length());
    try {
      shadow.start(Bundle.START_TRANSIENT);
      return name;
    } catch (BundleException e) {
      return name + ": " + String.valueOf(e.getMessage()).replace(NAME, "").replace('\n', ' ');
    }
  }

  private Bundle install(String symbolicName, Map<String, String> headers)
      throws BundleException, IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
    headers.forEach(
        (header, value) -> {
          if (!LEFT_OUT.contains(header)) {
            main.putValue(header, value);
          }
        });
    main.putValue(Constants.BUNDLE_SYMBOLICNAME, NAME + symbolicName);
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
      for (String path : natives(headers)) {
        jar.putNextEntry(new ZipEntry(path));
        jar.closeEntry();
      }
    }
    return system.installBundle(
        ShadowSet.LOCATION + symbolicName, new ByteArrayInputStream(bytes.toByteArray()));
  }

  /** Frameworks want native code to be there before they resolve its bundle. */
  private static Set<String> natives(Map<String, String> headers) {
    Set<String> paths = new HashSet<>();
    String header = headers.getOrDefault(Constants.BUNDLE_NATIVECODE, "");
    for (String part : header.split("[;,]")) {
      String path = part.trim();
      if (!path.isEmpty() && !path.contains("=") && !path.equals("*")) {
        paths.add(path.startsWith("/") ? path.substring(1) : path);
      }
    }
    return paths;
  }

  private static Map<String, String> headers(Bundle bundle) {
    Map<String, String> headers = new TreeMap<>();
    Dictionary<String, String> all = bundle.getHeaders("");
    for (Enumeration<String> keys = all.keys(); keys.hasMoreElements(); ) {
      String key = keys.nextElement();
      if (ReleaseFile.HEADERS.contains(key)) {
        headers.put(key, all.get(key));
      }
    }
    return headers;
  }

  private List<Bundle> shadows() {
    return Arrays.stream(system.getBundles()).filter(DryRun::isShadow).toList();
  }

  private void remove(List<Bundle> shadows) throws FrameException {
    if (shadows.isEmpty()) {
      return;
    }
    Bounded.call(
        "remove shadows",
        LONGEST,
        () -> {
          for (Bundle shadow : shadows) {
            shadow.uninstall();
          }
          CountDownLatch done = new CountDownLatch(1);
          wiring.refreshBundles(
              shadows,
              event -> {
                if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                  done.countDown();
                }
              });
          return done.await(LONGEST.toSeconds(), TimeUnit.SECONDS);
        });
  }

  private static boolean isShadow(Bundle bundle) {
    return bundle.getLocation().startsWith(ShadowSet.LOCATION);
  }

  private static boolean isShadow(BundleRevision revision) {
    return isShadow(revision.getBundle());
  }

  /** Shadows see shadows and what stays; what runs sees no shadow. */
  private record Apart(Set<Long> away) implements ResolverHook {
    @Override
    public void filterMatches(
        BundleRequirement requirement, Collection<BundleCapability> candidates) {
      boolean asks = isShadow(requirement.getRevision());
      candidates.removeIf(
          candidate -> {
            boolean offers = isShadow(candidate.getRevision());
            return asks
                ? !offers && away.contains(candidate.getRevision().getBundle().getBundleId())
                : offers;
          });
    }

    @Override
    public void filterResolvable(Collection<BundleRevision> candidates) {
      // Every bundle may resolve.
    }

    @Override
    public void filterSingletonCollisions(
        BundleCapability singleton, Collection<BundleCapability> collisions) {
      // Shadows have names of their own.
    }

    @Override
    public void end() {
      // Nothing is held.
    }
  }
}
