package tv.hearth.crypto.household;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import tv.hearth.crypto.primitive.Secret;

/**
 * What a guess costs (Argon2id, RFC 9106).
 *
 * @param memory KiB, 8…{@value #MOST_MEMORY}
 * @param passes 1…{@value #MOST_PASSES}
 * @param lanes 1…{@value #MOST_LANES}
 */
record Argon2Cost(int memory, int passes, int lanes) {
  /** Most that is read: half of a box's heap. */
  static final int MOST_MEMORY = 32_768;

  static final int MOST_PASSES = 16;
  static final int MOST_LANES = 4;

  /**
   * 19 MiB and two passes, OWASP's choice for Argon2id, fits a box's heap of 64 MiB. The phrase has
   * 256 bits, so that no cost at all would do against guessing; it guards phrases noted in part.
   */
  static final Argon2Cost BOX = new Argon2Cost(19_456, 2, 1);

  Argon2Cost {
    boolean bounded =
        memory <= MOST_MEMORY
            && passes >= 1
            && passes <= MOST_PASSES
            && lanes >= 1
            && lanes <= MOST_LANES
            && memory >= 8 * lanes;
    if (!bounded) {
      throw new IllegalArgumentException(
          "Argon2id with " + memory + " KiB, " + passes + " passes, " + lanes + " lanes");
    }
  }

  Secret derive(byte[] password, byte[] salt) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memory)
            .withIterations(passes)
            .withParallelism(lanes)
            .withSalt(salt)
            .build());
    byte[] key = new byte[Secret.LENGTH];
    generator.generateBytes(password, key);
    return Secret.of(key);
  }
}
