package tv.hearth.support.cbor;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the deterministic CBOR that {@link CborWriter} writes and refuses everything else: longer
 * heads than needed, indefinite lengths, floats, keys out of order or twice, nesting deeper than
 * {@value #MAX_DEPTH}, more than {@value #MAX_ITEMS} values in a map. Lengths are checked against
 * what is there before anything is allocated. Not thread-safe.
 */
public final class CborReader {
  private static final int MAX_DEPTH = 8;

  /** A byte of input may become an object of 70 bytes: this many fit a box's heap. */
  private static final int MAX_ITEMS = 1 << 18;

  private final ByteBuffer in;
  private int items;

  /** Over a copy of nothing: {@code bytes} must not change meanwhile. */
  public CborReader(byte[] bytes) {
    this.in = ByteBuffer.wrap(bytes);
  }

  /** An integer. */
  public long number() throws CborException {
    int first = peek();
    int major = first >> 5;
    if (major > 1) {
      throw wrong("an integer");
    }
    long argument = head(major);
    return major == 0 ? argument : -1 - argument;
  }

  /** A byte string of at most {@code max} bytes. */
  public byte[] bytes(int max) throws CborException {
    return take(2, max, "a byte string");
  }

  /** A text string of at most {@code max} bytes of UTF-8. */
  public String text(int max) throws CborException {
    byte[] utf8 = take(3, max, "a text string");
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new CborException("text at byte " + in.position() + " is not UTF-8");
    }
  }

  /** The head of an array; returns its size, which the remaining bytes could hold. */
  public int arrayHead() throws CborException {
    return size(4, 1, "an array");
  }

  /** The head of a map; returns its number of pairs. */
  public int mapHead() throws CborException {
    return size(5, 2, "a map");
  }

  /** A tag, which must be {@code number}. */
  public void tag(long number) throws CborException {
    if (peek() >> 5 != 6 || head(6) != number) {
      throw wrong("tag " + number);
    }
  }

  /** Fails unless all bytes were read. */
  public void end() throws CborException {
    if (in.hasRemaining()) {
      throw new CborException(in.remaining() + " bytes too many after the value");
    }
  }

  /** A map with text keys in order. */
  public CborMap map() throws CborException {
    return map(0);
  }

  private CborMap map(int depth) throws CborException {
    if (depth > MAX_DEPTH) {
      throw new CborException("nested deeper than " + MAX_DEPTH);
    }
    int pairs = mapHead();
    CborMap map = new CborMap();
    for (int i = 0; i < pairs; i++) {
      String key = text(64);
      if (!StandardCharsets.US_ASCII.newEncoder().canEncode(key)) {
        throw new CborException("key '" + key + "' is not ASCII");
      }
      if (!map.follows(key)) {
        throw new CborException("key '" + key + "' is out of order or there twice");
      }
      map.set(key, value(depth + 1));
    }
    return map;
  }

  private Object value(int depth) throws CborException {
    if (++items > MAX_ITEMS) {
      throw new CborException("more than " + MAX_ITEMS + " values");
    }
    int first = peek();
    switch (first >> 5) {
      case 0:
      case 1:
        return number();
      case 2:
        return bytes(Integer.MAX_VALUE);
      case 3:
        return text(Integer.MAX_VALUE);
      case 4:
        return list(depth);
      case 5:
        return map(depth);
      default:
        return bool();
    }
  }

  private List<Object> list(int depth) throws CborException {
    if (depth > MAX_DEPTH) {
      throw new CborException("nested deeper than " + MAX_DEPTH);
    }
    int size = arrayHead();
    List<Object> list = new ArrayList<>(Math.min(size, 1024));
    for (int i = 0; i < size; i++) {
      list.add(value(depth + 1));
    }
    return list;
  }

  private Boolean bool() throws CborException {
    int first = peek();
    if (first != 0xf4 && first != 0xf5) {
      throw wrong("true or false");
    }
    in.get();
    return first == 0xf5;
  }

  private byte[] take(int major, int max, String what) throws CborException {
    int length = size(major, 1, what);
    if (length > max) {
      throw new CborException(what + " of " + length + " bytes, at most " + max + " are allowed");
    }
    byte[] content = new byte[length];
    in.get(content);
    return content;
  }

  private int size(int major, int least, String what) throws CborException {
    if (peek() >> 5 != major) {
      throw wrong(what);
    }
    long size = head(major);
    if (size < 0 || size > in.remaining() / least) {
      throw new CborException(what + " at byte " + in.position() + " is longer than its input");
    }
    return (int) size;
  }

  private int peek() throws CborException {
    if (!in.hasRemaining()) {
      throw new CborException("input ends at byte " + in.position());
    }
    return in.get(in.position()) & 0xff;
  }

  private long head(int major) throws CborException {
    int info = in.get() & 0x1f;
    if (info < 24) {
      return info;
    }
    if (info > 27) {
      throw wrong("a definite length");
    }
    int length = 1 << info - 24;
    if (in.remaining() < length) {
      throw new CborException("input ends at byte " + in.position());
    }
    long argument = 0;
    for (int i = 0; i < length; i++) {
      argument = argument << 8 | in.get() & 0xff;
    }
    long least = info == 24 ? 24 : 1L << 4 * length;
    if (argument >= 0 && argument < least || argument < 0 && major <= 1) {
      throw new CborException(
          "number before byte " + in.position() + " is not in its shortest form");
    }
    return argument;
  }

  private CborException wrong(String expected) {
    return new CborException("expected " + expected + " at byte " + in.position());
  }
}
