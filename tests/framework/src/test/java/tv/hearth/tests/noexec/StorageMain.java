package tv.hearth.tests.noexec;

import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** Starts storage in the framework on the class path and prints how it is. */
final class StorageMain {
  private static final long STOP_MILLIS = 20_000;

  private StorageMain() {}

  /** {@code DATA LIBRARY JAR…}; the library is "-" where none is named. */
  public static void main(String[] args) throws Exception {
    Map<String, String> settings = new HashMap<>();
    settings.put(Constants.FRAMEWORK_STORAGE, Path.of(args[0], "cache").toString());
    settings.put("felix.service.urlhandlers", "false");
    settings.put("hearth.home", Path.of(args[0], "home").toString());
    if (!args[1].equals("-")) {
      settings.put("hearth.sqlite.library", args[1]);
    }
    Framework framework =
        ServiceLoader.load(FrameworkFactory.class).findFirst().orElseThrow().newFramework(settings);
    int status = 1; // whatever is thrown below: the framework's threads would keep the process
    try {
      framework.init();
      start(framework, List.of(args).subList(2, args.length));
      print(framework.getBundleContext());
      tryAgain(framework.getBundleContext(), args[1]);
      framework.stop();
      framework.waitForStop(STOP_MILLIS);
      status = 0;
    } catch (Exception | Error e) {
      e.printStackTrace();
    } finally {
      System.exit(status);
    }
  }

  private static void start(Framework framework, List<String> jars) throws BundleException {
    BundleContext context = framework.getBundleContext();
    List<Bundle> bundles = new ArrayList<>();
    for (String each : jars) {
      bundles.add(context.installBundle("reference:" + Path.of(each).toUri()));
    }
    framework.start();
    for (Bundle each : bundles) {
      each.start();
    }
  }

  /** As storage does after a while. */
  private static void tryAgain(BundleContext context, String library) throws Exception {
    for (Bundle each : context.getBundles()) {
      if (each.getSymbolicName().equals("tv.hearth.lib.sqlite")) {
        Class<?> loader = each.loadClass("tv.hearth.lib.sqlite.SqliteLibrary");
        try {
          loader.getMethod("load", String.class).invoke(null, library.equals("-") ? "" : library);
          System.out.println("again: loaded");
        } catch (InvocationTargetException e) {
          System.out.println("again: " + e.getCause().getMessage());
        }
      }
    }
  }

  private static void print(BundleContext context) throws Exception {
    ServiceReference<?>[] probes =
        context.getAllServiceReferences("tv.hearth.api.health.HealthProbe", null);
    for (ServiceReference<?> each : probes == null ? new ServiceReference<?>[0] : probes) {
      Object probe = context.getService(each);
      if (probe != null) {
        System.out.println(probe.getClass().getMethod("check").invoke(probe));
      }
    }
    ServiceReference<?>[] stores =
        context.getAllServiceReferences("tv.hearth.api.pieces.PieceStore", null);
    if (stores != null) {
      Object store = context.getService(stores[0]);
      try {
        System.out.println("store " + store.getClass().getMethod("usage").invoke(store));
      } catch (InvocationTargetException e) {
        System.out.println("store not ready: " + e.getCause().getMessage());
      }
    }
  }
}
