package tv.hearth.tests.simulation;

import java.util.SplittableRandom;

/**
 * How bad a run is.
 *
 * @param loss of messages, 0…1
 * @param twice of messages that come twice, 0…1
 * @param latency of most messages, nanoseconds
 * @param disk nanoseconds that a sync takes at most, of most boxes
 * @param slowDisks of boxes whose disk takes seconds, 0…1
 * @param crashes a box and hour
 * @param pauses times a box is switched off a box and hour
 * @param partitions an hour
 * @param blackouts an hour: many boxes crash at once
 */
record Weather(
    double loss,
    double twice,
    long latency,
    long disk,
    double slowDisks,
    double crashes,
    double pauses,
    double partitions,
    double blackouts) {

  /** Drawn: some runs are calm, some are not. */
  static Weather drawn(SplittableRandom random) {
    boolean isCalm = random.nextInt(8) == 0;
    double scale = isCalm ? 0 : random.nextDouble();
    return new Weather(
        0.05 * scale * random.nextDouble(),
        0.05 * scale * random.nextDouble(),
        1_000_000L + random.nextLong(60_000_000L),
        5_000_000L + random.nextLong(400_000_000L),
        0.2 * scale * random.nextDouble(),
        20 * scale * random.nextDouble(),
        20 * scale * random.nextDouble(),
        isCalm ? 0 : 60 * random.nextDouble(),
        isCalm ? 0 : 40 * random.nextDouble());
  }
}
