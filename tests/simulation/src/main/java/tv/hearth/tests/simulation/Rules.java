package tv.hearth.tests.simulation;

import tv.hearth.objects.core.CodeShape;
import tv.hearth.objects.machine.PutRules;
import tv.hearth.objects.machine.RetrySchedule;

/** The rules of a put, or such as have a bug. */
final class Rules extends PutRules {
  private final CodeShape shape;
  private final Mutation mutation;

  private Rules(CodeShape shape, RetrySchedule retries, Mutation mutation) {
    super(shape, retries);
    this.shape = shape;
    this.mutation = mutation;
  }

  static Rules of(CodeShape shape, Mutation mutation) {
    RetrySchedule usual = RetrySchedule.USUAL;
    RetrySchedule retries =
        mutation == Mutation.FORGOTTEN_RETRY
            ? new RetrySchedule(usual.first(), usual.longest(), 0, 0)
            : usual;
    return new Rules(shape, retries, mutation);
  }

  @Override
  public boolean acknowledged(int stored) {
    return mutation == Mutation.EARLY_PUT ? stored >= shape.ack() - 1 : super.acknowledged(stored);
  }

  @Override
  public boolean hope(int alive, int spares) {
    return mutation == Mutation.EARLY_PUT
        ? alive >= shape.ack() - 1 || super.hope(alive, spares)
        : super.hope(alive, spares);
  }

  @Override
  public long patience(long tookThemselves) {
    return mutation == Mutation.KEPT_LAGGARD
        ? 3_600 * Timeline.SECOND
        : super.patience(tookThemselves);
  }
}
