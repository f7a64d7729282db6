package tv.hearth.objects.put;

import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import tv.hearth.objects.core.BackOff;
import tv.hearth.objects.errand.Errand;
import tv.hearth.objects.io.Workers;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.ObjectFailure.Problem;

/**
 * Errands that this box does itself, in the background: tried again, less and less often, until
 * they are done or have become useless. Thread-safe.
 */
final class Unfinished {
  private static final System.Logger LOG = System.getLogger(Unfinished.class.getName());
  private final Aftercare aftercare;
  private final Workers workers;
  private final BackOff backOff;

  /** One try; throws where it is to be tried again. */
  @FunctionalInterface
  interface Attempt {
    void at(Errand errand) throws ObjectFailure;
  }

  Unfinished(Aftercare aftercare, Workers workers, BackOff backOff) {
    this.aftercare = aftercare;
    this.workers = workers;
    this.backOff = backOff;
  }

  /** Begins at once, on the thread that may block. */
  void begin(Errand errand, Attempt attempt) {
    workers.later(0, () -> run(errand, attempt, 0));
  }

  /** Begins after a pause. */
  void resume(Errand errand, Attempt attempt) {
    workers.later(pause(0), () -> run(errand, attempt, 0));
  }

  private void run(Errand errand, Attempt attempt, int failures) {
    if (workers.closed() || !aftercare.open(errand)) {
      return;
    }
    try {
      attempt.at(errand);
      aftercare.done(errand);
    } catch (ObjectFailure | RuntimeException e) {
      if (workers.closed()) {
        return;
      }
      if (isHopeless(e) || errand.until().isBefore(Instant.now())) {
        LOG.log(System.Logger.Level.WARNING, "given up: {0}: {1}", errand.id(), e.getMessage());
        aftercare.done(errand);
      } else {
        LOG.log(System.Logger.Level.INFO, "again later: {0}: {1}", errand.id(), e.getMessage());
        workers.later(pause(failures), () -> run(errand, attempt, failures + 1));
      }
    }
  }

  private static boolean isHopeless(Exception e) {
    return e instanceof ObjectFailure && ((ObjectFailure) e).problem() == Problem.DAMAGED;
  }

  private long pause(int failures) {
    return backOff.pause(failures, ThreadLocalRandom.current().nextDouble());
  }
}
