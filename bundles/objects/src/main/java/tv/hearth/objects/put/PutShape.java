package tv.hearth.objects.put;

import tv.hearth.api.cipher.ObjectCipher;

/**
 * How many stripes go in a batch and how many batches are under way, so that a put's memory stays
 * flat: a batch takes about 3 MiB (a stripe at least), all together about 9.
 *
 * @param stripes of a batch
 * @param batches under way
 */
record PutShape(int stripes, int batches) {
  private static final int BATCH = 3 << 20;
  private static final int ALL = 9 << 20;

  /** Most stripes of a chunk, which must not exceed 1 MiB. */
  private static final int MOST_STRIPES = 16;

  static PutShape of(int n, long stripesInAll) {
    int row = n * ObjectCipher.UNIT;
    int fitting = Math.max(1, Math.min(MOST_STRIPES, BATCH / row));
    int stripes = (int) Math.min(fitting, stripesInAll);
    long needed = (stripesInAll + stripes - 1) / stripes;
    int batches = Math.max(2, Math.min(4, ALL / (row * stripes)));
    return new PutShape(stripes, (int) Math.min(batches, needed));
  }

  /**
   * KiB of buffers, for {@code n} pieces: batches, and a stripe apart where a batch has several.
   */
  int kib(int n) {
    int row = n * ObjectCipher.UNIT / 1024;
    return row * (stripes * batches + (stripes > 1 ? 1 : 0));
  }
}
