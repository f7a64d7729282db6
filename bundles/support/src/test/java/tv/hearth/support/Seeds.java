package tv.hearth.support;

import java.util.SplittableRandom;

/** Randomness of property tests: printed in their messages, fixed by -Dhearth.seed. */
public final class Seeds {
  /** This run's. */
  public static final long SEED = seed();

  private Seeds() {}

  /** A fresh generator from the seed. */
  public static SplittableRandom random() {
    return new SplittableRandom(SEED);
  }

  /** A message that names the seed. */
  public static String note(String what) {
    return what + " (-Dhearth.seed=" + SEED + ")";
  }

  /** Random bytes. */
  public static byte[] bytes(SplittableRandom random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** A copy with one to four bytes changed, cut off, put in or taken out. */
  public static byte[] mutated(SplittableRandom random, byte[] original) {
    byte[] bytes = original.clone();
    for (int i = random.nextInt(1, 5); i > 0; i--) {
      bytes = mutatedOnce(random, bytes);
    }
    return bytes;
  }

  private static byte[] mutatedOnce(SplittableRandom random, byte[] bytes) {
    if (bytes.length == 0) {
      return bytes(random, 1);
    }
    int at = random.nextInt(bytes.length);
    switch (random.nextInt(6)) {
      case 0:
        return java.util.Arrays.copyOf(bytes, at);
      case 1:
        return spliced(bytes, at, at, bytes(random, random.nextInt(1, 4)));
      case 2:
        return spliced(bytes, at, Math.min(bytes.length, at + random.nextInt(1, 4)), new byte[0]);
      case 3:
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        return bytes;
      default:
        bytes[at] = (byte) random.nextInt();
        return bytes;
    }
  }

  private static byte[] spliced(byte[] bytes, int from, int to, byte[] between) {
    byte[] result = new byte[bytes.length - (to - from) + between.length];
    System.arraycopy(bytes, 0, result, 0, from);
    System.arraycopy(between, 0, result, from, between.length);
    System.arraycopy(bytes, to, result, from + between.length, bytes.length - to);
    return result;
  }

  private static long seed() {
    String given = System.getProperty("hearth.seed", "");
    return given.isEmpty() ? System.nanoTime() : Long.parseLong(given);
  }
}
