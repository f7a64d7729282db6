package tv.hearth.tests.benchmarks.stage;

import java.nio.file.Path;

/**
 * What the stages have to do.
 *
 * @param bytes plaintext bytes of the object
 * @param k pieces that restore
 * @param n pieces
 * @param folder where the disk stage writes
 */
public record Work(long bytes, int k, int n, Path folder) {
  static final int UNIT = 64 << 10;
  private static final long SEGMENT = 64L << 20;

  /** Bytes of all pieces. */
  long pieceBytes() {
    return bytes * n / k;
  }

  /** Bytes of a piece of a whole segment. */
  long pieceLength() {
    return SEGMENT / ((long) k * UNIT) * UNIT;
  }
}
