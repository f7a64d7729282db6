package tv.hearth.mqtt;

import java.util.SplittableRandom;

/** Randomness of property tests: printed in their messages, fixed by -Dhearth.seed. */
final class Seeds {
  static final long SEED = seed();

  private Seeds() {}

  static SplittableRandom random() {
    return new SplittableRandom(SEED);
  }

  static String note(String what) {
    return what + " (-Dhearth.seed=" + SEED + ")";
  }

  private static long seed() {
    String given = System.getProperty("hearth.seed", "");
    return given.isEmpty() ? System.nanoTime() : Long.parseLong(given);
  }
}
