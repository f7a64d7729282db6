package tv.hearth.objects.town;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import tv.hearth.api.identity.Identity;
import tv.hearth.api.identity.IdentityException;
import tv.hearth.api.identity.Role;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.api.pieces.RecordKind;
import tv.hearth.api.pieces.RecordStore;
import tv.hearth.api.transfer.PieceTransfer.PutReply;
import tv.hearth.api.transfer.TransferException;
import tv.hearth.api.transfer.TransferException.Problem;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.PieceId;
import tv.hearth.api.value.TrafficClass;
import tv.hearth.objects.core.Siblings;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cose.Sign1;
import tv.hearth.support.merkle.Merkle;
import tv.hearth.support.record.HeadRecord;
import tv.hearth.support.record.KeepRecord;
import tv.hearth.support.record.PutGrant;
import tv.hearth.support.record.Receipt;
import tv.hearth.support.record.RecordException;
import tv.hearth.support.record.Tombstone;

/** A box of the test town: pieces and records in memory, and ways to misbehave. Thread-safe. */
public final class Holder {
  /** How it misbehaves. */
  public enum Fault {
    NONE,
    DEAD,
    SILENT,
    UPDATING,
    REFUSING,
    FULL,
    FLIPPING,
    SWAPPING,
    SHORT,
    WRONG_HASHES,
    BAD_RECEIPTS
  }

  private static final int UNIT = 65_536;
  private final Identity identity;
  private final IntFunction<ByteBuffer> disk;
  private final Map<PieceId, ByteBuffer> partial = new HashMap<>();
  private final Map<PieceId, ByteBuffer> pieces = new HashMap<>();
  private final Map<ObjectId, Instant> kept = new HashMap<>();
  private final Map<ObjectId, Boolean> deleted = new HashMap<>();
  private final Map<RecordKey, List<Bytes>> records = new HashMap<>();
  private volatile Fault fault = Fault.NONE;
  private volatile long delayMillis;
  private volatile long dieAfterBytes = Long.MAX_VALUE;
  private AtomicInteger mayDie = new AtomicInteger();
  private volatile boolean deaf;
  private volatile int headsRefused;
  private volatile Runnable onHead = () -> {};
  private volatile Runnable onMoved = () -> {};
  private final AtomicInteger unanswered = new AtomicInteger();
  private long received;
  private long served;
  private long asked;
  private volatile int refusedWhileUpdating;
  private final Set<TrafficClass> readAs = EnumSet.noneOf(TrafficClass.class);
  private final Set<TrafficClass> writtenAs = EnumSet.noneOf(TrafficClass.class);

  Holder(Identity identity, IntFunction<ByteBuffer> disk) {
    this.identity = identity;
    this.disk = disk;
  }

  public BoxId id() {
    return identity.box();
  }

  public void fault(Fault next) {
    fault = next;
  }

  public Fault fault() {
    return fault;
  }

  public void delay(long millis) {
    delayMillis = millis;
  }

  long delay() {
    return delayMillis;
  }

  /** Takes pieces, but no word about them and no record: as if it went off in between. */
  public void deaf(boolean now) {
    deaf = now;
  }

  /** Has no time for that many heads. */
  public void refuseHeads(int count) {
    headsRefused = count;
  }

  /** Runs once it has taken a head. */
  public void onHead(Runnable hook) {
    onHead = hook;
  }

  /** Runs each time that it has taken bytes or is about to give some. */
  public void onMoved(Runnable hook) {
    onMoved = hook;
  }

  void leaveUnanswered() {
    unanswered.incrementAndGet();
  }

  /** Calls of any kind that it left without an answer, being silent. */
  public int unanswered() {
    return unanswered.get();
  }

  synchronized void asked(TrafficClass traffic) {
    asked++;
    readAs.add(traffic);
  }

  synchronized void given(TrafficClass traffic) {
    writtenAs.add(traffic);
  }

  /** How urgent the reads were that came. */
  public synchronized Set<TrafficClass> readAs() {
    return Set.copyOf(readAs);
  }

  /** How urgent the writes were that came. */
  public synchronized Set<TrafficClass> writtenAs() {
    return Set.copyOf(writtenAs);
  }

  /** Requests that came while its storage was being exchanged. */
  public int refusedWhileUpdating() {
    return refusedWhileUpdating;
  }

  /** Requests for units, answered or not. */
  public synchronized long timesAsked() {
    return asked;
  }

  /** The pieces that it has whole. */
  public synchronized List<PieceId> pieces() {
    return List.copyOf(pieces.keySet());
  }

  /** All bytes of a piece. */
  public synchronized byte[] bytes(PieceId piece) {
    byte[] all = new byte[pieces.get(piece).capacity()];
    pieces.get(piece).get(0, all);
    return all;
  }

  /** Its records are as they were. */
  public synchronized void restore(Map<RecordKey, List<Bytes>> before) {
    records.clear();
    records.putAll(before);
  }

  /** Forgets what was deleted. */
  public synchronized void forgetTombstones() {
    deleted.clear();
    records.keySet().removeIf(key -> key.kind() == RecordKind.TOMBSTONE);
  }

  /**
   * Dies in the middle of a put, unless as many as may have died: who will hold a piece is known
   * only while it is put.
   */
  synchronized void dieAfter(long bytes, AtomicInteger deaths) {
    dieAfterBytes = received + bytes;
    mayDie = deaths;
  }

  public synchronized int pieceCount() {
    return pieces.size() + partial.size();
  }

  public synchronized long storedBytes() {
    return pieces.values().stream().mapToLong(ByteBuffer::capacity).sum();
  }

  public synchronized boolean keeps(ObjectId object) {
    return Instant.MAX.equals(kept.get(object));
  }

  public synchronized long received() {
    return received;
  }

  public synchronized long served() {
    return served;
  }

  public synchronized Map<RecordKey, List<Bytes>> allRecords() {
    return new HashMap<>(records);
  }

  /** Puts any record there, unchecked, as an attacker's replica would have it. */
  public synchronized void plant(RecordKey key, List<Bytes> planted) {
    records.put(key, planted);
  }

  /** Damages what is on its disk. */
  public synchronized void forgetPieces() {
    pieces.clear();
  }

  synchronized PutReply put(PieceId piece, byte[] signedGrant, long offset, ByteBuffer bytes)
      throws Exception {
    check();
    if (fault == Fault.REFUSING) {
      throw new TransferException(Problem.REFUSED, id() + " refuses");
    }
    if (fault == Fault.FULL) {
      throw new TransferException(Problem.NO_ROOM, id() + " has no room");
    }
    PutGrant grant = PutGrant.decode(Sign1.parse(signedGrant).payload());
    if (!grant.piece().equals(piece) || !grant.holder().equals(id())) {
      throw new TransferException(Problem.REFUSED, "grant for something else");
    }
    if (deleted.containsKey(piece.object())) {
      throw new TransferException(Problem.REFUSED, "deleted");
    }
    ByteBuffer area = partial.computeIfAbsent(piece, id -> disk.apply((int) grant.length()));
    int count = bytes.remaining();
    area.put((int) offset, bytes, bytes.position(), count);
    received += count;
    onMoved.run();
    if (received > dieAfterBytes && mayDie.getAndDecrement() > 0) {
      fault = Fault.DEAD;
      throw new TransferException(Problem.UNREACHABLE, id() + " was killed");
    }
    long written = offset + count;
    if (written < grant.length()) {
      return new PutReply(written, Optional.empty());
    }
    partial.remove(piece);
    pieces.put(piece, area);
    return new PutReply(written, Optional.of(receipt(piece, area)));
  }

  private byte[] receipt(PieceId piece, ByteBuffer content) throws IdentityException {
    byte[] root = Merkle.UNITS.root(hashes(content));
    if (fault == Fault.BAD_RECEIPTS) {
      root[0]++;
    }
    Receipt receipt =
        new Receipt(id(), piece, content.capacity(), Bytes.of(root), Instant.ofEpochSecond(1));
    return identity.sign(Role.BOX, Receipt.TYPE, receipt.encode());
  }

  synchronized byte[] get(PieceId piece, int first, int count) throws TransferException {
    ByteBuffer content = content(piece);
    byte[] units = new byte[count * UNIT];
    content.get(first * UNIT, units);
    served += units.length;
    onMoved.run();
    switch (fault) {
      case FLIPPING:
        units[units.length / 2] ^= 1;
        return units;
      case SWAPPING:
        int other = first == 0 ? content.capacity() / UNIT - count : 0;
        content.get(other * UNIT, units);
        return units;
      case SHORT:
        return Arrays.copyOf(units, units.length - 1);
      default:
        return units;
    }
  }

  synchronized byte[] unitHashes(PieceId piece) throws TransferException {
    byte[] hashes = hashes(content(piece));
    if (fault == Fault.WRONG_HASHES) {
      hashes[5]++;
    }
    return hashes;
  }

  private ByteBuffer content(PieceId piece) throws TransferException {
    check();
    ByteBuffer content = pieces.get(piece);
    if (content == null) {
      throw new TransferException(Problem.NOT_FOUND, piece + " is not at " + id());
    }
    return content;
  }

  synchronized boolean head(PieceId piece) throws TransferException {
    check();
    return pieces.containsKey(piece);
  }

  synchronized int keep(byte[] signed) throws Exception {
    hear();
    KeepRecord keep = KeepRecord.decode(Sign1.parse(signed).payload());
    kept.put(keep.object(), keep.until());
    return 1;
  }

  synchronized int delete(byte[] signed) throws Exception {
    hear();
    Tombstone tombstone = Tombstone.decode(Sign1.parse(signed).payload());
    deleted.put(tombstone.object(), true);
    partial.keySet().removeIf(piece -> piece.object().equals(tombstone.object()));
    pieces.keySet().removeIf(piece -> piece.object().equals(tombstone.object()));
    return 1;
  }

  synchronized void putRecord(RecordKey key, byte[] record) throws Exception {
    hear();
    List<Bytes> next = new ArrayList<>();
    if (key.kind() == RecordKind.HEAD) {
      if (headsRefused > 0) {
        headsRefused--;
        throw new TransferException(Problem.BUSY, id() + " has no time for heads");
      }
      HeadRecord head = head(record);
      for (Bytes old : records.getOrDefault(key, List.of())) {
        HeadRecord kept = head(old.toArray());
        if (kept.parents().contains(Siblings.hash(head))) {
          throw new TransferException(Problem.CONFLICT, "a newer head is there");
        }
        if (!head.parents().contains(Siblings.hash(kept))) {
          next.add(old);
        }
      }
    }
    next.add(Bytes.of(record));
    records.put(key, next);
    if (key.kind() == RecordKind.HEAD) {
      onHead.run();
    }
  }

  private void hear() throws TransferException {
    check();
    if (deaf) {
      throw new TransferException(Problem.UNREACHABLE, id() + " does not hear");
    }
  }

  private static HeadRecord head(byte[] signed) throws CborException, RecordException {
    return HeadRecord.decode(Sign1.parse(signed).payload());
  }

  /** As its own box sees it, whatever its line is like. */
  synchronized List<Bytes> here(RecordKey key) {
    return records.getOrDefault(key, List.of());
  }

  synchronized boolean replace(RecordKey key, List<Bytes> expected, List<Bytes> next) {
    if (!here(key).equals(expected)) {
      return false;
    }
    records.put(key, List.copyOf(next));
    return true;
  }

  synchronized List<RecordStore.Entry> pageHere(
      RecordKind kind, String subject, String after, int limit) {
    TreeMap<String, RecordStore.Entry> page = new TreeMap<>();
    records.forEach(
        (key, values) -> {
          if (key.kind() == kind
              && key.subject().equals(subject)
              && key.name().compareTo(after) > 0) {
            page.put(key.name(), new RecordStore.Entry(key, values));
          }
        });
    return page.values().stream().limit(limit).toList();
  }

  synchronized List<Bytes> records(RecordKey key) throws TransferException {
    check();
    return records.getOrDefault(key, List.of());
  }

  synchronized List<RecordStore.Entry> list(RecordKind kind, String subject, String after)
      throws TransferException {
    check();
    return pageHere(kind, subject, after, 3);
  }

  private void check() throws TransferException {
    if (fault == Fault.DEAD) {
      throw new TransferException(Problem.UNREACHABLE, id() + " does not answer");
    }
    if (fault == Fault.UPDATING) {
      refusedWhileUpdating++;
      throw new TransferException(Problem.NOT_READY, "storage is being exchanged at " + id());
    }
  }

  private static byte[] hashes(ByteBuffer content) {
    byte[] hashes = new byte[content.capacity() / UNIT * Merkle.HASH];
    for (int i = 0; i < content.capacity() / UNIT; i++) {
      byte[] leaf = Merkle.UNITS.leaf(content.slice(i * UNIT, UNIT));
      System.arraycopy(leaf, 0, hashes, i * Merkle.HASH, Merkle.HASH);
    }
    return hashes;
  }
}
