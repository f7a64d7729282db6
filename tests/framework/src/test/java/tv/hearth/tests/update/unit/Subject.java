package tv.hearth.tests.update.unit;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import tv.hearth.api.health.HealthProbe;
import tv.hearth.api.telemetry.Meter;
import tv.hearth.api.telemetry.MeterSource;

/** Behaves as its bundle's manifest says. */
@Component(immediate = true)
public final class Subject implements MeterSource, HealthProbe {
  /** The manifest's header. */
  public static final String HEADER = "Hearth-Behaviour";

  /** System property: set once a release that raises has written what those before can't read. */
  public static final String RAISED = "hearth.test.raised";

  private final CountDownLatch foundWell = new CountDownLatch(1);
  private final boolean sick;

  /** Made by Declarative Services. */
  @Activate
  public Subject(BundleContext context) {
    String behaviour = String.valueOf(context.getBundle().getHeaders("").get(HEADER));
    sick = behaviour.equals("sick") || behaviour.equals("raises");
    switch (behaviour) {
      case "raises" -> System.setProperty(RAISED, "2");
      case "good" -> open();
      case "throws" -> throw new IllegalStateException("as it was told to");
      case "hangs" -> hang();
      case "dies" -> daemon(() -> dieOnceFoundWell(context));
      case "leaks" -> daemon(Subject::hang);
      default -> {}
    }
  }

  @Override
  public List<Meter> read() {
    return List.of();
  }

  @Override
  public Health check() {
    foundWell.countDown();
    return sick ? Health.failed("as it was told to be") : Health.OK;
  }

  private static void open() {
    if (System.getProperty(RAISED) != null) {
      throw new IllegalStateException("its store is of version 2, this release knows 1");
    }
  }

  private static void daemon(Runnable run) {
    Thread thread = new Thread(run, "hearth-test-subject");
    thread.setDaemon(true);
    thread.start();
  }

  private static void hang() {
    while (true) {
      LockSupport.park();
      Thread.interrupted();
    }
  }

  private void dieOnceFoundWell(BundleContext context) {
    try {
      foundWell.await();
      context.getBundle().stop();
    } catch (BundleException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
