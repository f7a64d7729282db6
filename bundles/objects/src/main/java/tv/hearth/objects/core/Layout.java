package tv.hearth.objects.core;

import tv.hearth.api.cipher.ObjectCipher;

/**
 * Where an object's plaintext lies: sealed units, stripes of k units, segments of whole stripes.
 * Ciphertext unit u is data unit u mod k of stripe u div k, counted over the object; a segment
 * takes {@link #stripesPerSegment} stripes.
 *
 * @param plain bytes of plaintext
 * @param k data units of a stripe
 * @param segmentLength ciphertext bytes of every segment but the last; a multiple of k units
 */
public record Layout(long plain, int k, long segmentLength) {
  /** Bytes of a unit. */
  public static final int UNIT = ObjectCipher.UNIT;

  /** Most ciphertext bytes of a segment that is written. */
  public static final long SEGMENT = 64L << 20;

  /** Throws {@link IllegalArgumentException} for shapes that can't be. */
  public Layout {
    long stripe = (long) k * UNIT;
    if (plain < 0 || k < 1 || segmentLength < stripe || segmentLength % stripe != 0) {
      throw new IllegalArgumentException(
          "no layout of " + plain + " bytes, k = " + k + ", segments of " + segmentLength);
    }
  }

  /** The layout in which objects are written. */
  public static Layout of(long plain, int k) {
    long stripe = (long) k * UNIT;
    return new Layout(plain, k, SEGMENT / stripe * stripe);
  }

  /** Sealed units of that much plaintext; at least one. */
  public static long units(long plain) {
    long rest = plain - ObjectCipher.FIRST_PLAIN;
    return rest <= 0 ? 1 : 1 + (rest + ObjectCipher.PLAIN - 1) / ObjectCipher.PLAIN;
  }

  /** Sealed units. */
  public long units() {
    return units(plain);
  }

  /** Bytes of ciphertext. */
  public long sealed() {
    return plain + ObjectCipher.HEADER + units() * ObjectCipher.TAG;
  }

  /** Stripes of every segment but the last. */
  public int stripesPerSegment() {
    return (int) (segmentLength / k / UNIT);
  }

  /** Segments; at least one. */
  public int segments() {
    return Math.toIntExact((sealed() + segmentLength - 1) / segmentLength);
  }

  /** Stripes of a segment; the units of a piece of it. */
  public int stripes(int segment) {
    long first = (long) segment * stripesPerSegment();
    long all = (units() + k - 1) / k;
    return (int) Math.min(stripesPerSegment(), all - first);
  }

  /** Bytes of each piece of a segment. */
  public long pieceLength(int segment) {
    return (long) stripes(segment) * UNIT;
  }

  /** The unit in which a plaintext byte is. */
  public long unitOf(long offset) {
    return offset < ObjectCipher.FIRST_PLAIN
        ? 0
        : 1 + (offset - ObjectCipher.FIRST_PLAIN) / ObjectCipher.PLAIN;
  }

  /** The first plaintext byte of a unit. */
  public long plainStart(long unit) {
    return unit == 0 ? 0 : ObjectCipher.FIRST_PLAIN + (unit - 1) * ObjectCipher.PLAIN;
  }

  /** Plaintext bytes of a unit. */
  public int plainLength(long unit) {
    return (int) (Math.min(plain, plainStart(unit + 1)) - plainStart(unit));
  }

  /** Ciphertext bytes of a unit, the header among them. */
  public int sealedLength(long unit) {
    return (int) (Math.min(sealed(), (unit + 1) * UNIT) - unit * UNIT);
  }

  /** The segment of a unit. */
  public int segmentOf(long unit) {
    return (int) (unit / k / stripesPerSegment());
  }

  /** The stripe of a unit, counted within its segment: the unit's place in its piece. */
  public int stripeOf(long unit) {
    return (int) (unit / k % stripesPerSegment());
  }

  /** The piece in which a unit is. */
  public int indexOf(long unit) {
    return (int) (unit % k);
  }

  /** The unit at a segment's stripe and index; may be beyond the last one (padding). */
  public long unitAt(int segment, int stripe, int index) {
    return ((long) segment * stripesPerSegment() + stripe) * k + index;
  }
}
