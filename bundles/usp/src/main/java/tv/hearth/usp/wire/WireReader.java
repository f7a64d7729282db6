package tv.hearth.usp.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Reads one message of protocol buffers (proto3) field by field. Nothing is allocated beyond the
 * bytes that are there. Loop on {@link #next}; a field that is not read is skipped. One thread.
 */
public final class WireReader {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH = 2;
  private static final int FIXED32 = 5;

  private final ByteBuffer in;
  private final int depth;
  private int type;
  private boolean pending;

  /** Over a whole message. */
  public WireReader(byte[] bytes) {
    this(ByteBuffer.wrap(bytes), 0);
  }

  private WireReader(ByteBuffer in, int depth) {
    this.in = in.order(ByteOrder.LITTLE_ENDIAN);
    this.depth = depth;
  }

  /** The next field's number; 0 at the end of the message. */
  public int next() throws WireException {
    if (pending) {
      skip();
    }
    if (!in.hasRemaining()) {
      return 0;
    }
    long tag = varint();
    type = (int) (tag & 7);
    long number = tag >>> 3;
    if (number < 1 || number > 0x1FFFFFFF) {
      throw new WireException("a field's number that can't be");
    }
    pending = true;
    return (int) number;
  }

  /** The field as a whole number, an enumeration's value or, not 0, a truth. */
  public long number() throws WireException {
    take(VARINT);
    return varint();
  }

  /** The field as a truth. */
  public boolean truth() throws WireException {
    return number() != 0;
  }

  /** The field as a fixed32. */
  public int fixed32() throws WireException {
    take(FIXED32);
    need(4);
    return in.getInt();
  }

  /** The field as bytes. */
  public byte[] bytes() throws WireException {
    take(LENGTH);
    byte[] bytes = new byte[length()];
    in.get(bytes);
    return bytes;
  }

  /** The field as text; flawless UTF-8 alone. */
  public String text() throws WireException {
    take(LENGTH);
    ByteBuffer part = part();
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(part).toString();
    } catch (CharacterCodingException e) {
      throw new WireException("a text that is no UTF-8");
    }
  }

  /** The field as a message within; at most 16 levels. */
  public WireReader message() throws WireException {
    take(LENGTH);
    if (depth >= 16) {
      throw new WireException("messages within messages beyond 16 levels");
    }
    return new WireReader(part(), depth + 1);
  }

  /** The field as one entry of a map of texts. */
  public void entry(Map<String, String> into) throws WireException {
    WireReader entry = message();
    String key = "";
    String value = "";
    for (int field = entry.next(); field != 0; field = entry.next()) {
      if (field == 1) {
        key = entry.text();
      } else if (field == 2) {
        value = entry.text();
      }
    }
    into.put(key, value);
  }

  private ByteBuffer part() throws WireException {
    int length = length();
    ByteBuffer part = in.slice(in.position(), length);
    in.position(in.position() + length);
    return part;
  }

  private void take(int wanted) throws WireException {
    if (!pending || type != wanted) {
      throw new WireException("a field of another type");
    }
    pending = false;
  }

  private void skip() throws WireException {
    pending = false;
    switch (type) {
      case VARINT -> varint();
      case FIXED64 -> advance(8);
      case LENGTH -> advance(length());
      case FIXED32 -> advance(4);
      default -> throw new WireException("a field of a type that can't be");
    }
  }

  private void advance(int count) throws WireException {
    need(count);
    in.position(in.position() + count);
  }

  private int length() throws WireException {
    long length = varint();
    if (length < 0 || length > in.remaining()) {
      throw new WireException("a length beyond the message's end");
    }
    return (int) length;
  }

  private long varint() throws WireException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      need(1);
      byte next = in.get();
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new WireException("a number of more than 64 bits");
  }

  private void need(int count) throws WireException {
    if (in.remaining() < count) {
      throw new WireException("the message ends too early");
    }
  }
}
