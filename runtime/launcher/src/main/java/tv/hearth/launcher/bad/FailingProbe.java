package tv.hearth.launcher.bad;

import tv.hearth.api.health.HealthProbe;

/** A component of a bundle that starts well and then says that it is not: a release gone wrong. */
public final class FailingProbe implements HealthProbe {
  private static final long WELL_NANOS = 1_500_000_000L;
  private final long started = System.nanoTime();

  @Override
  public Health check() {
    return System.nanoTime() - started < WELL_NANOS
        ? Health.OK
        : Health.failed("this release was made to fail, for the demo");
  }
}
