package tv.hearth.mqtt;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tv.hearth.api.bus.Message;
import tv.hearth.mqtt.OutboxRecord.Kind;
import tv.hearth.support.cbor.CborException;

/**
 * Messages on their way to the broker, durable before they are sent. In order, at least once,
 * bounded. Thread-safe.
 *
 * <p>Invariants: (1) a message that {@link #add} took is on disk when it returns, or, where the
 * disk refuses, in memory and counted; (2) it stays until {@link #done}, its expiry, or until it is
 * the oldest of a full outbox; (3) {@link #next} gives messages in the order of their adding, from
 * the oldest again after {@link #rewind}.
 */
final class Outbox implements Closeable {
  private static final Logger LOG = System.getLogger(Outbox.class.getName());
  private static final byte[] NOTHING = {};

  private final OutboxLog log;
  private final int mostMessages;
  private final long mostBytes;
  private final TreeMap<Long, Slot> waiting = new TreeMap<>();
  private long lastNumber;
  private long sentUpTo;
  private long bytes;
  private long dropped;
  private long expired;
  private long damaged;
  private int newer;
  private boolean failing;

  /**
   * A message that waits.
   *
   * @param segment where it lies; null where the disk refused it
   * @param memory its bytes where the disk refused it
   * @param deadline in ticks; Long.MAX_VALUE: none
   */
  private record Slot(
      OutboxSegment segment, int offset, int length, byte[] memory, long deadline) {}

  /**
   * A message to send.
   *
   * @param left until it expires; empty: never
   */
  record Entry(long number, Message message, Optional<Duration> left) {}

  /**
   * What happened since the start.
   *
   * @param newer files and messages that only a newer release can read, kept for it; they count as
   *     damaged too
   */
  record Counts(
      int messages,
      long bytes,
      long dropped,
      long expired,
      long damaged,
      int newer,
      boolean failing) {}

  /** Opens the log and finds what still waits. */
  Outbox(OutboxLog log, int mostMessages, long mostBytes, Moment now) throws IOException {
    this.log = log;
    this.mostMessages = mostMessages;
    this.mostBytes = mostBytes;
    damaged = log.load((segment, record, body) -> found(segment, record, body, now));
    sweep(now);
    while (waiting.size() > mostMessages || bytes > mostBytes) {
      drop();
    }
  }

  /** Takes a message; throws {@link IllegalArgumentException} where it is too large to be sent. */
  synchronized void add(Message message, Moment now) {
    byte[] body = new OutboxMessage(message, now.wallMillis()).encode();
    if (body.length > mostBytes) {
      throw new IllegalArgumentException(
          "message to "
              + message.topic()
              + " takes "
              + body.length
              + " bytes, the outbox "
              + mostBytes);
    }
    sweep(now);
    while (!waiting.isEmpty()
        && (waiting.size() >= mostMessages || bytes + body.length > mostBytes)) {
      drop();
    }
    long number = ++lastNumber;
    put(number, slot(number, body, deadline(message, now)));
  }

  /** The next message not yet given out; empty where all were. Fails where the disk does. */
  synchronized Optional<Entry> next(Moment now) throws IOException {
    sweep(now);
    Map.Entry<Long, Slot> found = waiting.higherEntry(sentUpTo);
    while (found != null) {
      Optional<Entry> entry = read(found.getKey(), found.getValue(), now);
      sentUpTo = found.getKey();
      if (entry.isPresent()) {
        return entry;
      }
      found = waiting.higherEntry(sentUpTo);
    }
    return Optional.empty();
  }

  /** True where {@link #next} may have something. */
  synchronized boolean hasNext() {
    return waiting.higherKey(sentUpTo) != null;
  }

  /** That message needs no sending any more. Unknown numbers have no effect. */
  synchronized void done(long number) {
    Slot slot = waiting.remove(number);
    if (slot == null) {
      return;
    }
    bytes -= slot.length();
    if (slot.segment() != null) {
      slot.segment().count(-1);
      tidy(number);
    }
  }

  /** What was given out and isn't done is given out again. */
  synchronized void rewind() {
    sentUpTo = 0;
  }

  synchronized Counts counts() {
    int left = log.newer() + newer;
    return new Counts(waiting.size(), bytes, dropped, expired, damaged, left, failing);
  }

  @Override
  public synchronized void close() throws IOException {
    log.close();
  }

  private void found(OutboxSegment segment, OutboxRecord record, byte[] body, Moment now) {
    lastNumber = Math.max(lastNumber, record.number());
    if (record.kind() == Kind.DONE) {
      forget(record.number());
      return;
    }
    if (record.kind() == Kind.UNKNOWN) {
      keep(segment, record, "its kind is not known");
      return;
    }
    try {
      OutboxMessage stored = OutboxMessage.decode(body);
      long deadline = deadline(stored, now);
      put(record.number(), new Slot(segment, record.offset(), record.length(), null, deadline));
    } catch (CborException | IllegalArgumentException e) {
      keep(segment, record, e.getMessage());
    }
  }

  /** It is whole, for its sums fit, and says what is not known here. */
  private void keep(OutboxSegment segment, OutboxRecord record, String why) {
    damaged++;
    newer++;
    segment.keep(record);
    LOG.log(
        Level.WARNING,
        "outbox: message {0} can''t be read by this release and is kept: {1}",
        record.number(),
        why);
  }

  private void forget(long number) {
    Slot slot = waiting.remove(number);
    if (slot != null) {
      bytes -= slot.length();
      slot.segment().count(-1);
    }
  }

  private void put(long number, Slot slot) {
    if (slot.segment() != null) {
      slot.segment().count(1);
    }
    Slot old = waiting.put(number, slot);
    bytes += slot.length() - (old == null ? 0 : old.length());
  }

  private Slot slot(long number, byte[] body, long deadline) {
    try {
      OutboxLog.Place place = log.append(Kind.WAITS, number, body);
      failing = false;
      return new Slot(place.segment(), place.offset(), body.length, null, deadline);
    } catch (IOException e) {
      complain("can't write a message to disk, so it is lost if this box restarts", e);
      return new Slot(null, 0, body.length, body, deadline);
    }
  }

  private Optional<Entry> read(long number, Slot slot, Moment now) throws IOException {
    if (slot.deadline() <= now.ticksMillis()) {
      expired++;
      done(number);
      return Optional.empty();
    }
    Optional<byte[]> body =
        slot.segment() == null
            ? Optional.of(slot.memory())
            : slot.segment().read(slot.offset(), slot.length());
    try {
      if (body.isPresent()) {
        Message message = OutboxMessage.decode(body.get()).message();
        return Optional.of(new Entry(number, message, left(slot.deadline(), now)));
      }
    } catch (CborException e) {
      LOG.log(Level.DEBUG, "outbox: message " + number, e);
    }
    damaged++;
    LOG.log(Level.WARNING, "outbox: message {0} is damaged on disk and is dropped", number);
    done(number);
    return Optional.empty();
  }

  private void sweep(Moment now) {
    while (!waiting.isEmpty() && waiting.firstEntry().getValue().deadline() <= now.ticksMillis()) {
      expired++;
      done(waiting.firstKey());
    }
  }

  private void drop() {
    dropped++;
    done(waiting.firstKey());
  }

  private void tidy(long number) {
    try {
      if (!waiting.isEmpty() || !log.clear()) {
        log.append(Kind.DONE, number, NOTHING);
        log.reclaim();
      }
    } catch (IOException e) {
      complain("can't note that a message was sent, so it may be sent again", e);
    }
  }

  private void complain(String what, IOException cause) {
    if (!failing) {
      failing = true;
      LOG.log(
          Level.ERROR, "outbox: " + what + "; see whether the disk is full or read-only", cause);
    }
  }

  private static Optional<Duration> left(long deadline, Moment now) {
    return deadline == Long.MAX_VALUE
        ? Optional.empty()
        : Optional.of(Duration.ofMillis(Math.max(1, deadline - now.ticksMillis())));
  }

  private static long deadline(Message message, Moment now) {
    return message.expiry().map(span -> now.ticksMillis() + span.toMillis()).orElse(Long.MAX_VALUE);
  }

  /**
   * After a restart only the wall clock knows the age; where it went back, the full span is left.
   */
  private static long deadline(OutboxMessage stored, Moment now) {
    return stored
        .message()
        .expiry()
        .map(Duration::toMillis)
        .map(span -> Math.min(span, span - (now.wallMillis() - stored.storedAt())))
        .map(left -> now.ticksMillis() + left)
        .orElse(Long.MAX_VALUE);
  }
}
