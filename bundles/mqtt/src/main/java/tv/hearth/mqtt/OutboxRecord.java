package tv.hearth.mqtt;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The outbox's file format: records one after the other, numbers big-endian.
 *
 * <pre>
 *   0  4  magic: H M O and the version, 1
 *   4  1  kind: 1 a message waits, 2 it is done with (sent, dropped or expired); others are of a
 *         newer release, and kept for it
 *   5  8  number of the message, growing
 *  13  4  length of the body
 *  17  4  CRC-32C of the 17 bytes before
 *  21  4  CRC-32C of the body
 *  25     body: the message (kind 1) or nothing (kind 2)
 * </pre>
 *
 * A record whose sums don't fit is damaged; reading goes on at the next magic with a fitting head,
 * so that a flipped bit or a torn write costs the records it touches and no other.
 *
 * @param offset of the body within its file
 * @param length of the body
 */
record OutboxRecord(Kind kind, long number, int offset, int length) {
  static final int HEAD = 25;

  private static final byte[] MAGIC = {'H', 'M', 'O', 1};
  private static final int SUMMED = 17;

  /** What a record says. */
  enum Kind {
    WAITS,
    DONE,
    /** Something that a newer release says; never written here. */
    UNKNOWN
  }

  /**
   * What a file held.
   *
   * @param damagedBytes bytes that belong to no whole record
   */
  record Scan(List<OutboxRecord> records, int damagedBytes) {}

  /** The bytes of one record. */
  static byte[] encode(Kind kind, long number, byte[] body) {
    ByteBuffer bytes = ByteBuffer.allocate(HEAD + body.length);
    bytes.put(MAGIC).put((byte) (kind.ordinal() + 1)).putLong(number).putInt(body.length);
    bytes.putInt(sum(bytes.array(), 0, SUMMED)).putInt(sum(body, 0, body.length)).put(body);
    return bytes.array();
  }

  /** All whole records of a file. */
  static Scan scan(byte[] file) {
    List<OutboxRecord> records = new ArrayList<>();
    int damaged = 0;
    int at = 0;
    while (at < file.length) {
      OutboxRecord record = at(file, at);
      if (record == null) {
        damaged++;
        at++;
      } else if (intact(file, record)) {
        records.add(record);
        at = record.offset() + record.length();
      } else {
        damaged += HEAD;
        at = record.offset();
      }
    }
    return new Scan(records, damaged);
  }

  /**
   * True where a file is of this family but of a version this code doesn't know. A file that holds
   * whole records of this version isn't, whatever its first version byte says: a bit has flipped.
   */
  static boolean foreign(byte[] file) {
    String family = new String(MAGIC, 0, 3, StandardCharsets.US_ASCII);
    return file.length >= MAGIC.length
        && new String(file, 0, 3, StandardCharsets.US_ASCII).equals(family)
        && file[3] != MAGIC[3]
        && scan(file).records().isEmpty();
  }

  /** The sum over a body, as its head holds it. */
  static int sum(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }

  private static OutboxRecord at(byte[] file, int at) {
    if (file.length - at < HEAD) {
      return null;
    }
    ByteBuffer head = ByteBuffer.wrap(file, at, HEAD);
    for (byte expected : MAGIC) {
      if (head.get() != expected) {
        return null;
      }
    }
    int kind = head.get() & 0xff;
    long number = head.getLong();
    int length = head.getInt();
    boolean sound = head.getInt() == sum(file, at, SUMMED) && kind > 0 && length >= 0;
    return sound ? new OutboxRecord(kind(kind), number, at + HEAD, length) : null;
  }

  private static Kind kind(int number) {
    return number > Kind.UNKNOWN.ordinal() ? Kind.UNKNOWN : Kind.values()[number - 1];
  }

  private static boolean intact(byte[] file, OutboxRecord record) {
    int from = record.offset();
    int length = record.length();
    return length <= file.length - from
        && ByteBuffer.wrap(file).getInt(from - 4) == sum(file, from, length);
  }
}
