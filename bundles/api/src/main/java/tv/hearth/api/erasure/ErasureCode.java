package tv.hearth.api.erasure;

import java.nio.ByteBuffer;

/**
 * The systematic maximum-distance-separable code over the units of one stripe: any k of n restore.
 * The code is a format (see docs), so every implementation gives the same bytes. Thread-safe; calls
 * share nothing but caches.
 *
 * <p>Shapes: 1 ≤ k ≤ n ≤ 255; {@code unit} a positive multiple of 64 bytes. Buffers may be heap or
 * direct; remaining bytes must be exactly those named; positions advance to the limits. Wrong
 * shapes throw {@link IllegalArgumentException}.
 */
public interface ErasureCode {
  /**
   * Makes the parity units of a stripe.
   *
   * @param data k · unit bytes, unit 0 first
   * @param parity (n − k) · unit bytes, unit k first
   */
  void encode(int k, int n, int unit, ByteBuffer data, ByteBuffer parity);

  /**
   * Makes any units of a stripe from any k of them.
   *
   * @param present k distinct indices in 0…n−1, in any order
   * @param pieces their units, in that order
   * @param wanted distinct indices in 0…n−1; one that is present is copied
   * @param out takes the wanted units, in that order
   */
  void restore(
      int k, int n, int unit, int[] present, ByteBuffer pieces, int[] wanted, ByteBuffer out);
}
