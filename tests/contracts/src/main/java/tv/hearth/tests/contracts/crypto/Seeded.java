package tv.hearth.tests.contracts.crypto;

import java.util.SplittableRandom;

/** A random test's seed: new each run, or {@code -Dhearth.seed}. */
final class Seeded {
  private final long seed;
  private final SplittableRandom random;

  Seeded() {
    String given = System.getProperty("hearth.seed", "");
    seed = given.isBlank() ? new SplittableRandom().nextLong() : Long.parseLong(given.strip());
    random = new SplittableRandom(seed);
  }

  SplittableRandom random() {
    return random;
  }

  byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** For a failure's message. */
  @Override
  public String toString() {
    return "-Dhearth.seed=" + seed;
  }
}
