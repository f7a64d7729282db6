package tv.hearth.mqtt;

/**
 * A point in time on two clocks: a box without a battery wakes up in 1970 and jumps when it hears
 * the time, so that what runs out within one life of the process is measured by ticks.
 *
 * @param wallMillis since 1970, may jump
 * @param ticksMillis never jumps, means nothing after a restart
 */
record Moment(long wallMillis, long ticksMillis) {
  static Moment now() {
    return new Moment(System.currentTimeMillis(), System.nanoTime() / 1_000_000);
  }

  Moment plusMillis(long millis) {
    return new Moment(wallMillis + millis, ticksMillis + millis);
  }
}
