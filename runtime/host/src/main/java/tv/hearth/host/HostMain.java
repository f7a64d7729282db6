package tv.hearth.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.ServiceLoader;
import org.osgi.framework.BundleException;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/**
 * {@code HostMain BUNDLES NODE [--with-parent]}: starts the framework that the class path has, with
 * the bundles of the folder BUNDLES and all state under the folder NODE, and runs until it is
 * stopped or the JVM is ended. With {@code --with-parent} it also ends when its standard input
 * does.
 */
public final class HostMain {
  private static final long STOP_MILLIS = 10_000;

  private HostMain() {}

  /**
   * Exit status 0 after an orderly stop, 2 for a wrong call, 1 where the framework did not start.
   */
  public static void main(String[] args) throws InterruptedException {
    if (args.length < 2) {
      System.err.println("usage: HostMain BUNDLES NODE [--with-parent]");
      System.exit(2);
    }
    // Felix writes its versions with the locale's digits: with Arabic ones no bundle resolves.
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    BootMarks marks = BootMarks.ofSystem();
    try {
      Framework framework = start(Path.of(args[0]), Path.of(args[1]), marks);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(framework), "hearth-stop"));
      if (args.length > 2 && args[2].equals("--with-parent")) {
        ParentWatch.start();
      }
      framework.waitForStop(0);
    } catch (BundleException | IOException e) {
      System.err.println("the framework did not start: " + e.getMessage());
      e.printStackTrace();
      System.exit(1);
    }
    System.exit(0);
  }

  private static Framework start(Path bundles, Path node, BootMarks marks)
      throws BundleException, IOException {
    marks.mark("java");
    FrameworkFactory factory =
        ServiceLoader.load(FrameworkFactory.class)
            .findFirst()
            .orElseThrow(() -> new IOException("no OSGi framework on the class path"));
    Framework framework = factory.newFramework(FrameworkSettings.of(node));
    framework.init();
    marks.mark("framework");
    marks.watch(framework.getBundleContext());
    BundleSet.install(bundles, framework.getBundleContext());
    marks.mark("installed");
    framework.start();
    marks.mark(BundleSet.active(framework.getBundleContext()));
    return framework;
  }

  private static void stop(Framework framework) {
    try {
      framework.stop();
      framework.waitForStop(STOP_MILLIS);
    } catch (BundleException e) {
      System.err.println("the framework did not stop cleanly: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
