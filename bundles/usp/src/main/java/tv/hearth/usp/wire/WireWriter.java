package tv.hearth.usp.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Writes one message of protocol buffers (proto3); what has its default is left out. */
public final class WireWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A whole number, an enumeration's value. */
  public WireWriter number(int field, long value) {
    if (value != 0) {
      tag(field, 0);
      varint(value);
    }
    return this;
  }

  /** A truth. */
  public WireWriter truth(int field, boolean value) {
    return number(field, value ? 1 : 0);
  }

  /** A fixed32. */
  public WireWriter fixed32(int field, int value) {
    if (value != 0) {
      tag(field, 5);
      for (int shift = 0; shift < 32; shift += 8) {
        out.write(value >>> shift);
      }
    }
    return this;
  }

  /** A text. */
  public WireWriter text(int field, String value) {
    return value.isEmpty() ? this : bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Every text of a list, empty ones too. */
  public WireWriter texts(int field, List<String> values) {
    values.forEach(value -> bytes(field, value.getBytes(StandardCharsets.UTF_8)));
    return this;
  }

  /** Bytes, written even where they are none: so are fields of a oneof. */
  public WireWriter bytes(int field, byte[] value) {
    tag(field, 2);
    varint(value.length);
    out.writeBytes(value);
    return this;
  }

  /** A message within, written even where it is empty. */
  public WireWriter message(int field, WireWriter value) {
    return bytes(field, value.toBytes());
  }

  /** A message for every item of a list. */
  public <T> WireWriter messages(int field, List<T> items, BiConsumer<T, WireWriter> writer) {
    for (T item : items) {
      WireWriter one = new WireWriter();
      writer.accept(item, one);
      message(field, one);
    }
    return this;
  }

  /** A map of texts, in its order. */
  public WireWriter map(int field, Map<String, String> map) {
    map.forEach((key, value) -> message(field, new WireWriter().text(1, key).text(2, value)));
    return this;
  }

  /** The message. */
  public byte[] toBytes() {
    return out.toByteArray();
  }

  private void tag(int field, int type) {
    varint((long) field << 3 | type);
  }

  private void varint(long value) {
    long left = value;
    while ((left & ~0x7FL) != 0) {
      out.write((int) (left & 0x7F | 0x80));
      left >>>= 7;
    }
    out.write((int) left);
  }
}
