package tv.hearth.objects.put;

import java.nio.ByteBuffer;
import tv.hearth.api.cipher.ObjectCipher;

/**
 * A few stripes, laid out piece by piece, so that each holder's part is one chunk. Filled by one
 * thread, then read by many.
 */
final class Batch {
  private static final int UNIT = ObjectCipher.UNIT;
  private final byte[] area;
  private final int capacity;
  private int stripes;
  private int firstStripe;

  Batch(int n, int capacity) {
    this.capacity = capacity;
    this.area = new byte[n * capacity * UNIT];
  }

  /** Begins anew at a segment's stripe. */
  void begin(int stripe) {
    firstStripe = stripe;
    stripes = 0;
  }

  boolean full() {
    return stripes == capacity;
  }

  int stripes() {
    return stripes;
  }

  int firstStripe() {
    return firstStripe;
  }

  /** Takes a coded stripe: n units. */
  void add(byte[] stripe, int n) {
    for (int i = 0; i < n; i++) {
      System.arraycopy(stripe, i * UNIT, area, (i * capacity + stripes) * UNIT, UNIT);
    }
    stripes++;
  }

  /** The area itself where a batch is one stripe: coded in place, nothing copied. */
  byte[] inPlace() {
    return capacity == 1 ? area : null;
  }

  /** A stripe that was coded in place. */
  void addInPlace() {
    stripes++;
  }

  /** A piece's chunk. */
  ByteBuffer chunk(int index) {
    return ByteBuffer.wrap(area, index * capacity * UNIT, stripes * UNIT).slice();
  }
}
