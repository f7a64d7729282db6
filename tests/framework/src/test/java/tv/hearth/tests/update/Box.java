package tv.hearth.tests.update;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.startlevel.BundleStartLevel;

/** A box in this JVM, installed and started as the host does it. */
final class Box implements AutoCloseable {
  private static final long PATIENCE_NANOS = Long.getLong("box.patience", 180) * 1_000_000_000L;
  private static final String ADMIN = "org.osgi.service.cm.ConfigurationAdmin";
  private static final String AGENT = "tv.hearth.api.update.UpdateAgent";
  private static final Map<String, String> FACTORIES =
      Map.of(
          "felix", "org.apache.felix.framework.FrameworkFactory",
          "equinox", "org.eclipse.osgi.launch.EquinoxFactory");

  final Path folder;
  private final String kind;
  private final Collection<Path> firmware;
  private final TestRepository repository;
  private Framework framework;

  Box(String kind, Path folder, Collection<Path> firmware, TestRepository repository) {
    this.kind = kind;
    this.folder = folder;
    this.firmware = firmware;
    this.repository = repository;
  }

  Box start() throws Exception {
    Map<String, String> settings = new HashMap<>();
    settings.put(Constants.FRAMEWORK_STORAGE, folder.resolve("framework").toString());
    settings.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, "5");
    settings.put("felix.service.urlhandlers", "false");
    settings.put("ds.stop.timeout.milliseconds", "3000");
    settings.put("ds.lock.timeout.milliseconds", "3000");
    settings.put("hearth.home", folder.resolve("home").toString());
    framework = factory().newFramework(settings);
    framework.init();
    BundleContext context = framework.getBundleContext();
    Map<Bundle, Boolean> installed = new HashMap<>();
    for (Path jar : firmware) {
      Bundle bundle = context.installBundle("reference:" + jar.toUri());
      String file = jar.getFileName().toString();
      int level = file.startsWith("tv.hearth.anchor") ? 1 : Jars.isPlatform(jar) ? 2 : 4;
      bundle.adapt(BundleStartLevel.class).setStartLevel(level);
      installed.put(bundle, true);
    }
    for (Bundle bundle : installed.keySet()) {
      bundle.start();
    }
    framework.start();
    configure();
    await("the agent", () -> reference(AGENT).isPresent());
    return this;
  }

  /** From its own jar: two frameworks on one class path would share classes that differ. */
  private FrameworkFactory factory() throws Exception {
    Path jar = Path.of("../../runtime/box/target/framework/" + kind + ".jar");
    ClassLoader standard =
        new ClassLoader(ClassLoader.getPlatformClassLoader()) {
          @Override
          protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("org.osgi.")) {
              return Box.class.getClassLoader().loadClass(name);
            }
            throw new ClassNotFoundException(name);
          }
        };
    ClassLoader loader =
        new URLClassLoader(new URL[] {jar.toAbsolutePath().normalize().toUri().toURL()}, standard);
    return (FrameworkFactory)
        loader.loadClass(FACTORIES.get(kind)).getDeclaredConstructor().newInstance();
  }

  /** Configuration is kept by ConfigurationAdmin; the first start alone sets it. */
  private void configure() throws Exception {
    await("ConfigurationAdmin", () -> reference(ADMIN).isPresent());
    configure(
        "tv.hearth.update",
        Map.of("repository", repository.url(), "root", repository.root().toString()));
  }

  /** Configures what is not configured yet. */
  void configure(String pid, Map<String, Object> values) throws Exception {
    Object configuration = call(service(ADMIN), "getConfiguration", pid, "?");
    if (call(configuration, "getProperties") == null) {
      configuration
          .getClass()
          .getMethod("update", java.util.Dictionary.class)
          .invoke(configuration, FrameworkUtil.asDictionary(values));
    }
  }

  /** Starts an operation and waits for its end. */
  Ended update(String id, String target) throws Exception {
    begin(id, target);
    return ended(id);
  }

  void begin(String id, String target) throws Exception {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      try {
        call(service(AGENT), "start", id, target);
        return;
      } catch (IllegalStateException e) {
        // The agent is being exchanged, or not configured yet.
        if (System.nanoTime() > deadline) {
          throw e;
        }
        LockSupport.parkNanos(50_000_000);
      }
    }
  }

  Ended ended(String id) {
    // Asked once a look: the agent may be away again at the next.
    AtomicReference<Ended> end = new AtomicReference<>();
    await(
        () -> "the end of " + id + ", is " + operation(id),
        () -> {
          operation(id).filter(Ended::isEnded).ifPresent(end::set);
          return end.get() != null;
        });
    return end.get();
  }

  Optional<Ended> operation(String id) {
    try {
      Optional<?> found = (Optional<?>) call(service(AGENT), "operation", id);
      return found.map(Ended::of);
    } catch (IllegalStateException away) {
      return Optional.empty();
    }
  }

  /** The phase of an operation; empty while the agent is away, as it is when it is exchanged. */
  String phase(String id) {
    return operation(id).map(Ended::phase).orElse("");
  }

  /** Versions of our bundles that are active, by name. */
  Map<String, String> versions() {
    Map<String, String> versions = new TreeMap<>();
    for (Bundle bundle : framework.getBundleContext().getBundles()) {
      if (bundle.getSymbolicName().startsWith("tv.hearth.") && bundle.getState() == Bundle.ACTIVE) {
        versions.put(bundle.getSymbolicName(), bundle.getVersion().toString());
      }
    }
    return versions;
  }

  Bundle bundle(String name) {
    for (Bundle bundle : framework.getBundleContext().getBundles()) {
      if (bundle.getSymbolicName().equals(name)) {
        return bundle;
      }
    }
    throw new AssertionError("no bundle " + name);
  }

  BundleContext context() {
    return framework.getBundleContext();
  }

  Path state() {
    return folder.resolve("home/update");
  }

  Object service(String name) {
    ServiceReference<?> reference =
        reference(name).orElseThrow(() -> new IllegalStateException("no " + name));
    Object service = framework.getBundleContext().getService(reference);
    if (service == null) {
      throw new IllegalStateException(name + " went");
    }
    return service;
  }

  /** Of all: this JVM's class path has the interfaces, too, and others than the bundles'. */
  private Optional<ServiceReference<?>> reference(String name) {
    try {
      BundleContext context = framework.getBundleContext();
      ServiceReference<?>[] all =
          context == null ? null : context.getAllServiceReferences(name, null);
      return all == null ? Optional.empty() : Optional.of(all[0]);
    } catch (org.osgi.framework.InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static Object call(Object service, String method, Object... arguments) {
    try {
      for (var each : service.getClass().getMethods()) {
        if (each.getName().equals(method) && each.getParameterCount() == arguments.length) {
          each.setAccessible(true);
          return each.invoke(service, arguments);
        }
      }
      throw new IllegalStateException("no method " + method);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  static void await(String what, BooleanSupplier condition) {
    await(() -> what, condition);
  }

  static void await(Supplier<String> what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited in vain for " + what.get());
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  /** Stops the framework and forgets its cache, as a power cut may do. */
  void emptyCache() throws Exception {
    stop();
    try (var files = Files.walk(folder.resolve("framework"))) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Stops the framework; it can be started again. */
  void stop() throws IOException {
    try {
      framework.stop();
      framework.waitForStop(30_000);
    } catch (org.osgi.framework.BundleException e) {
      throw new IOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    stop();
  }

  /** An operation's end. */
  record Ended(String phase, String failure, String reason, boolean isEnded, Map<?, ?> gaps) {
    static Ended of(Object operation) {
      Optional<?> failure = (Optional<?>) call(operation, "failure");
      return new Ended(
          call(operation, "phase").toString(),
          failure.map(Object::toString).orElse(""),
          (String) call(operation, "reason"),
          (boolean) call(operation, "ended"),
          (Map<?, ?>) call(operation, "gapMillis"));
    }
  }
}
