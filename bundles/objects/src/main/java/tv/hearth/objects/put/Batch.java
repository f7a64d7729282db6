package tv.hearth.objects.put;

import java.nio.ByteBuffer;
import tv.hearth.api.cipher.ObjectCipher;
import tv.hearth.objects.core.PutRules;

/**
 * A few stripes, laid out piece by piece, so that each holder's part is one chunk. Filled by one
 * thread, then read by many; the count of chunks still needed is guarded by the segment's lock.
 */
final class Batch {
  private static final int UNIT = ObjectCipher.UNIT;
  private final byte[] area;
  private final int capacity;
  private int stripes;
  private int firstStripe;
  private int needed;
  private int sent;
  private long readySince;
  private long lastRelease;

  Batch(int n, int capacity) {
    this.capacity = capacity;
    this.area = new byte[n * capacity * UNIT];
  }

  /** Begins anew at a segment's stripe. */
  void begin(int stripe) {
    firstStripe = stripe;
    stripes = 0;
    sent = 0;
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

  void need(int chunks, long now) {
    needed = chunks;
    readySince = now;
    lastRelease = now;
  }

  /** Holders that still lack it. */
  int needed() {
    return needed;
  }

  /** Holders that took it. */
  int sent() {
    return sent;
  }

  PutRules.Waiting waits(long now) {
    return new PutRules.Waiting(lastRelease - readySince, now - lastRelease);
  }

  /** A chunk is no longer needed; true where it was the last. */
  boolean release(boolean arrived, long now) {
    sent += arrived ? 1 : 0;
    lastRelease = now;
    needed--;
    return needed == 0;
  }
}
