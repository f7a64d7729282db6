package tv.hearth.erasure;

import java.nio.ByteBuffer;
import java.util.BitSet;

/** Checks what callers pass, before anything is allocated or written. */
final class Arguments {
  private static final int UNIT_MULTIPLE = 64;

  private Arguments() {}

  static void unit(int unit) {
    if (unit <= 0 || unit % UNIT_MULTIPLE != 0) {
      throw new IllegalArgumentException(
          "unit of " + unit + " bytes: must be a positive multiple of " + UNIT_MULTIPLE);
    }
  }

  static void remaining(String name, ByteBuffer buffer, int units, int unit) {
    long expected = (long) units * unit;
    if (buffer.remaining() != expected) {
      throw new IllegalArgumentException(
          name
              + " has "
              + buffer.remaining()
              + " bytes remaining: must be "
              + expected
              + " ("
              + units
              + " units of "
              + unit
              + ")");
    }
  }

  static void writable(String name, ByteBuffer buffer) {
    if (buffer.isReadOnly()) {
      throw new IllegalArgumentException(name + " is a read-only buffer: must be writable");
    }
  }

  /** Refuses a source and a target in the same part of one array. (Direct buffers don't tell.) */
  static void apart(ByteBuffer source, ByteBuffer target) {
    if (source == target) {
      throw new IllegalArgumentException("source and target are one buffer: must be apart");
    }
    if (source.hasArray() && target.hasArray() && source.array() == target.array()) {
      int from = source.arrayOffset() + source.position();
      int into = target.arrayOffset() + target.position();
      if (from < into + target.remaining() && into < from + source.remaining()) {
        throw new IllegalArgumentException("source and target overlap in one array: must be apart");
      }
    }
  }

  static void indices(String name, int[] indices, int n) {
    BitSet seen = new BitSet(n);
    for (int index : indices) {
      if (index < 0 || index >= n) {
        throw new IllegalArgumentException(
            name + " index " + index + ": must be within 0.." + (n - 1));
      }
      if (seen.get(index)) {
        throw new IllegalArgumentException(name + " index " + index + " is given twice");
      }
      seen.set(index);
    }
  }

  static void count(String name, int[] indices, int count) {
    if (indices.length != count) {
      throw new IllegalArgumentException(
          indices.length + " " + name + " indices: must be k = " + count);
    }
  }
}
