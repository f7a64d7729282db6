package tv.hearth.support.cbor;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Writes deterministic CBOR (RFC 8949 §4.2.1): shortest heads, definite lengths. The caller of
 * {@link #mapHead} writes the keys in order. Not thread-safe.
 */
public final class CborWriter {
  private static final int UNSIGNED = 0;
  private static final int NEGATIVE = 1;
  private static final int BYTES = 2;
  private static final int TEXT = 3;
  private static final int ARRAY = 4;
  private static final int MAP = 5;
  private static final int TAG = 6;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** An integer. */
  public CborWriter number(long value) {
    if (value >= 0) {
      head(UNSIGNED, value);
    } else {
      head(NEGATIVE, -1 - value);
    }
    return this;
  }

  /** A byte string. */
  public CborWriter bytes(byte[] value) {
    head(BYTES, value.length);
    out.writeBytes(value);
    return this;
  }

  /** A text string. */
  public CborWriter text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    head(TEXT, utf8.length);
    out.writeBytes(utf8);
    return this;
  }

  /** The head of an array of {@code size} items that follow. */
  public CborWriter arrayHead(int size) {
    head(ARRAY, size);
    return this;
  }

  /** The head of a map of {@code size} pairs that follow in order. */
  public CborWriter mapHead(int size) {
    head(MAP, size);
    return this;
  }

  /** A tag for the item that follows. */
  public CborWriter tag(long number) {
    head(TAG, number);
    return this;
  }

  /** True or false. */
  public CborWriter bool(boolean value) {
    out.write(value ? 0xf5 : 0xf4);
    return this;
  }

  /** A value of {@link CborMap}: Long, byte[], String, Boolean, List or CborMap. */
  CborWriter value(Object value) {
    if (value instanceof Long) {
      return number((Long) value);
    } else if (value instanceof byte[]) {
      return bytes((byte[]) value);
    } else if (value instanceof String) {
      return text((String) value);
    } else if (value instanceof Boolean) {
      return bool((Boolean) value);
    } else if (value instanceof List) {
      List<?> list = (List<?>) value;
      arrayHead(list.size());
      list.forEach(this::value);
      return this;
    }
    return map(((CborMap) value).entries());
  }

  private CborWriter map(Map<String, Object> entries) {
    mapHead(entries.size());
    entries.forEach((name, value) -> text(name).value(value));
    return this;
  }

  /** What was written so far. */
  public byte[] toBytes() {
    return out.toByteArray();
  }

  private void head(int major, long argument) {
    int type = major << 5;
    if (argument < 24) {
      out.write(type | (int) argument);
    } else if (argument < 1L << 8) {
      out.write(type | 24);
      tail(argument, 1);
    } else if (argument < 1L << 16) {
      out.write(type | 25);
      tail(argument, 2);
    } else if (argument < 1L << 32) {
      out.write(type | 26);
      tail(argument, 4);
    } else {
      out.write(type | 27);
      tail(argument, 8);
    }
  }

  private void tail(long argument, int length) {
    for (int shift = 8 * (length - 1); shift >= 0; shift -= 8) {
      out.write((int) (argument >>> shift));
    }
  }
}
