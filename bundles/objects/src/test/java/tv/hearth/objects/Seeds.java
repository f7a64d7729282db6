package tv.hearth.objects;

import java.util.SplittableRandom;

/** A seeded source of test data; the seed is printed and can be given as {@code hearth.seed}. */
public final class Seeds {
  private final long seed;
  private final SplittableRandom random;

  private Seeds(long seed) {
    this.seed = seed;
    this.random = new SplittableRandom(seed);
  }

  /** By {@code -Dhearth.seed}, else by the clock. */
  public static Seeds random() {
    String given = System.getProperty("hearth.seed", "");
    return new Seeds(given.isBlank() ? System.nanoTime() : Long.parseLong(given));
  }

  /** The generator. */
  public SplittableRandom generator() {
    return random;
  }

  /** Random bytes. */
  public byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** For failures. */
  public String message() {
    return "run again with -Dhearth.seed=" + seed;
  }
}
