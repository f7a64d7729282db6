package tv.hearth.storage;

/** What a piece may be, so that its hashes fit in the memory kept for them. */
final class PieceLimits {
  /** Longest piece, bytes: a whole segment (k = 1). */
  static final long LENGTH = 64L << 20;

  /** Most units: their hashes take 128 KiB. */
  static final int UNITS = 4096;

  private static final int UNIT = 1 << 20;

  private PieceLimits() {}

  /** Throws {@link IllegalArgumentException} for what no piece can be. */
  static void check(long length, int unit) {
    if (unit <= 0 || unit % 64 != 0 || unit > UNIT) {
      throw new IllegalArgumentException("a unit is a multiple of 64, at most 1 MiB, not " + unit);
    }
    if (length <= 0 || length > LENGTH) {
      throw new IllegalArgumentException("a piece has 1 byte to 64 MiB, not " + length);
    }
    if (PieceHeader.units(length, unit) > UNITS) {
      throw new IllegalArgumentException(
          "a piece has at most " + UNITS + " units; " + length + " bytes want larger ones");
    }
  }
}
