package tv.hearth.erasure;

/**
 * The inner loops: one plane gets, or is XORed with, up to six others.
 *
 * <p>Each is a method of its own with one common index, which HotSpot turns into vector code; with
 * a seventh source JDK 17 falls back to scalar code. A target may be one of its sources.
 */
final class XorKernels {
  /** Most sources in one step. */
  static final int MAX_SOURCES = 6;

  private XorKernels() {}

  static void set2(int length, long[] t, long[] a, long[] b) {
    for (int i = 0; i < length; i++) {
      t[i] = a[i] ^ b[i];
    }
  }

  static void set3(int length, long[] t, long[] a, long[] b, long[] c) {
    for (int i = 0; i < length; i++) {
      t[i] = a[i] ^ b[i] ^ c[i];
    }
  }

  static void set4(int length, long[] t, long[] a, long[] b, long[] c, long[] d) {
    for (int i = 0; i < length; i++) {
      t[i] = a[i] ^ b[i] ^ c[i] ^ d[i];
    }
  }

  static void set5(int length, long[] t, long[] a, long[] b, long[] c, long[] d, long[] e) {
    for (int i = 0; i < length; i++) {
      t[i] = a[i] ^ b[i] ^ c[i] ^ d[i] ^ e[i];
    }
  }

  static void set6(
      int length, long[] t, long[] a, long[] b, long[] c, long[] d, long[] e, long[] f) {
    for (int i = 0; i < length; i++) {
      t[i] = a[i] ^ b[i] ^ c[i] ^ d[i] ^ e[i] ^ f[i];
    }
  }

  static void add1(int length, long[] t, long[] a) {
    for (int i = 0; i < length; i++) {
      t[i] ^= a[i];
    }
  }

  static void add2(int length, long[] t, long[] a, long[] b) {
    for (int i = 0; i < length; i++) {
      t[i] ^= a[i] ^ b[i];
    }
  }

  static void add3(int length, long[] t, long[] a, long[] b, long[] c) {
    for (int i = 0; i < length; i++) {
      t[i] ^= a[i] ^ b[i] ^ c[i];
    }
  }

  static void add4(int length, long[] t, long[] a, long[] b, long[] c, long[] d) {
    for (int i = 0; i < length; i++) {
      t[i] ^= a[i] ^ b[i] ^ c[i] ^ d[i];
    }
  }

  static void add5(int length, long[] t, long[] a, long[] b, long[] c, long[] d, long[] e) {
    for (int i = 0; i < length; i++) {
      t[i] ^= a[i] ^ b[i] ^ c[i] ^ d[i] ^ e[i];
    }
  }

  static void add6(
      int length, long[] t, long[] a, long[] b, long[] c, long[] d, long[] e, long[] f) {
    for (int i = 0; i < length; i++) {
      t[i] ^= a[i] ^ b[i] ^ c[i] ^ d[i] ^ e[i] ^ f[i];
    }
  }
}
