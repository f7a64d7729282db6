package tv.hearth.gateway;

import java.util.SplittableRandom;

/** Randomness of property tests: printed in their messages, fixed by -Dhearth.seed. */
public final class Seeds {
  private static final long SEED = seed();

  private Seeds() {}

  /** A new sequence from the seed. */
  public static SplittableRandom random() {
    return new SplittableRandom(SEED);
  }

  /** With what to run that again. */
  public static String note(String what) {
    return what + " (-Dhearth.seed=" + SEED + ")";
  }

  private static long seed() {
    String given = System.getProperty("hearth.seed", "");
    return given.isEmpty() ? System.nanoTime() : Long.parseLong(given);
  }
}
