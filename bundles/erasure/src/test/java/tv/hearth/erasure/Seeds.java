package tv.hearth.erasure;

import java.util.SplittableRandom;

/** Randomness of property tests: printed in their messages, fixed by -Dhearth.seed. */
final class Seeds {
  static final long SEED = seed();

  private Seeds() {}

  static SplittableRandom random() {
    return new SplittableRandom(SEED);
  }

  static byte[] bytes(SplittableRandom random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** The first {@code count} of a random order of 0…n − 1. */
  static int[] subset(SplittableRandom random, int n, int count) {
    int[] all = new int[n];
    for (int i = 0; i < n; i++) {
      int at = random.nextInt(i + 1);
      all[i] = all[at];
      all[at] = i;
    }
    return java.util.Arrays.copyOf(all, count);
  }

  static String note(String what) {
    return what + " (-Dhearth.seed=" + SEED + ")";
  }

  private static long seed() {
    String given = System.getProperty("hearth.seed", "");
    return given.isEmpty() ? System.nanoTime() : Long.parseLong(given);
  }
}
