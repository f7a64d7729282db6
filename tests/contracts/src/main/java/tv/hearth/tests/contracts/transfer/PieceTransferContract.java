package tv.hearth.tests.contracts.transfer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.api.pieces.RecordKind;
import tv.hearth.api.pieces.RecordStore;
import tv.hearth.api.transfer.PieceTransfer;
import tv.hearth.api.transfer.PieceTransfer.PutReply;
import tv.hearth.api.transfer.TransferException;
import tv.hearth.api.transfer.TransferException.Problem;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.PieceId;
import tv.hearth.api.value.TrafficClass;
import tv.hearth.tests.contracts.pieces.PieceSamples;

/** The contract of {@link PieceTransfer}. */
@Timeout(300)
public abstract class PieceTransferContract {
  private static final int UNIT = 65_536;
  private static final int LENGTH = 5 * UNIT + 1000;
  private static final byte[] CONTENT = PieceSamples.content(77, LENGTH);
  private static final AtomicInteger OBJECTS = new AtomicInteger(1000);

  /** Two boxes; the same ones may serve all tests. */
  protected abstract TransferFixture boxes();

  private static PieceId piece() {
    return PieceSamples.piece(OBJECTS.incrementAndGet(), 2, 1);
  }

  private CompletableFuture<PutReply> put(PieceId piece, int from, int length) throws Exception {
    return boxes()
        .transfer()
        .put(
            boxes().holder(),
            piece,
            boxes().grant(piece, LENGTH),
            from,
            ByteBuffer.wrap(CONTENT, from, length),
            TrafficClass.BACKUP);
  }

  private PieceId stored() throws Exception {
    PieceId piece = piece();
    assertTrue(done(put(piece, 0, LENGTH)).receipt().isPresent());
    return piece;
  }

  private CompletableFuture<byte[]> get(PieceId piece, int first, int count) {
    return boxes().transfer().get(boxes().holder(), piece, first, count, TrafficClass.STREAM);
  }

  private static <T> T done(CompletableFuture<T> future) throws Exception {
    return future.get(60, TimeUnit.SECONDS);
  }

  private static void fails(Problem problem, CompletableFuture<?> future) {
    ExecutionException failure = assertThrows(ExecutionException.class, () -> done(future));
    TransferException typed = assertInstanceOf(TransferException.class, failure.getCause());
    assertEquals(problem, typed.problem(), typed.getMessage());
  }

  @Test
  void aPutInPartsEndsWithTheHoldersReceipt() throws Exception {
    PieceId piece = piece();
    PutReply part = done(put(piece, 0, 2 * UNIT));
    assertEquals(2 * UNIT, part.written());
    assertTrue(part.receipt().isEmpty());
    assertTrue(boxes().stored().stat(piece).isEmpty());
    PutReply whole = done(put(piece, 2 * UNIT, LENGTH - 2 * UNIT));
    assertEquals(LENGTH, whole.written());
    assertTrue(boxes().isReceipt(whole.receipt().orElseThrow(), piece));
  }

  @Test
  void whatWasPutAlreadyIsAcknowledgedAgain() throws Exception {
    PieceId piece = stored();
    PutReply again = done(put(piece, 3 * UNIT, 100));
    assertTrue(boxes().isReceipt(again.receipt().orElseThrow(), piece));
  }

  @Test
  void partsMayBeRepeatedButNotSkipped() throws Exception {
    PieceId piece = piece();
    done(put(piece, 0, 1000));
    fails(Problem.CONFLICT, put(piece, 2000, 1000));
    assertEquals(1500, done(put(piece, 500, 1000)).written());
  }

  @Test
  void aPutOfNothingTellsHowMuchIsThere() throws Exception {
    PieceId piece = piece();
    done(put(piece, 0, 1234));
    assertEquals(1234, done(put(piece, 0, 0)).written());
  }

  @Test
  void theCallersBufferIsLeftAsItWas() throws Exception {
    PieceId piece = piece();
    ByteBuffer bytes = ByteBuffer.wrap(CONTENT, 0, 1000).asReadOnlyBuffer();
    done(
        boxes()
            .transfer()
            .put(
                boxes().holder(),
                piece,
                boxes().grant(piece, LENGTH),
                0,
                bytes,
                TrafficClass.WORK));
    assertEquals(0, bytes.position());
    assertEquals(1000, bytes.remaining());
  }

  @Test
  void aGrantForAnotherPieceIsRefused() throws Exception {
    byte[] grant = boxes().grant(piece(), LENGTH);
    fails(
        Problem.REFUSED,
        boxes()
            .transfer()
            .put(
                boxes().holder(), piece(), grant, 0, ByteBuffer.allocate(10), TrafficClass.REPAIR));
    fails(
        Problem.REFUSED,
        boxes()
            .transfer()
            .put(
                boxes().holder(),
                piece(),
                new byte[] {1, 2},
                0,
                ByteBuffer.allocate(10),
                TrafficClass.REPAIR));
  }

  @Test
  void wholeUnitsComeBackAndTheLastMayBeShorter() throws Exception {
    PieceId piece = stored();
    assertArrayEquals(Arrays.copyOfRange(CONTENT, UNIT, 3 * UNIT), done(get(piece, 1, 2)));
    assertArrayEquals(Arrays.copyOfRange(CONTENT, 5 * UNIT, LENGTH), done(get(piece, 5, 1)));
    assertArrayEquals(CONTENT, done(get(piece, 0, PieceTransfer.MAX_UNITS)));
  }

  @Test
  void whatIsNotThereIsNotFound() throws Exception {
    fails(Problem.NOT_FOUND, get(piece(), 0, 1));
    fails(Problem.NOT_FOUND, get(stored(), 6, 1));
    PieceId none = piece();
    fails(
        Problem.NOT_FOUND,
        boxes().transfer().unitHashes(boxes().holder(), none, TrafficClass.REPAIR));
    assertFalse(done(boxes().transfer().head(boxes().holder(), none)));
  }

  @Test
  void headsAndHashesAreTheHolders() throws Exception {
    PieceId piece = stored();
    assertTrue(done(boxes().transfer().head(boxes().holder(), piece)));
    byte[] hashes =
        done(boxes().transfer().unitHashes(boxes().holder(), piece, TrafficClass.REPAIR));
    assertArrayEquals(boxes().stored().unitHashes(piece), hashes);
  }

  @Test
  void aKeepLastsAndADeletionStays() throws Exception {
    PieceId piece = stored();
    byte[] keep = boxes().keep(piece.object());
    assertEquals(1, done(boxes().transfer().keep(boxes().holder(), keep)));
    assertEquals(Instant.MAX, boxes().stored().stat(piece).orElseThrow().keepUntil());
    byte[] tombstone = boxes().tombstone(piece.object());
    assertEquals(1, done(boxes().transfer().delete(boxes().holder(), tombstone)));
    assertEquals(0, done(boxes().transfer().delete(boxes().holder(), tombstone)));
    assertTrue(boxes().stored().stat(piece).isEmpty());
    fails(Problem.NOT_FOUND, get(piece, 0, 1));
    fails(Problem.REFUSED, put(piece, 0, LENGTH));
  }

  @Test
  void recordsOnlyGrow() throws Exception {
    RecordKey key = boxes().rootKey();
    byte[] newer = boxes().root(7);
    done(boxes().transfer().putRecord(boxes().holder(), key, newer));
    done(boxes().transfer().putRecord(boxes().holder(), key, newer));
    fails(Problem.CONFLICT, boxes().transfer().putRecord(boxes().holder(), key, boxes().root(6)));
    List<Bytes> kept = done(boxes().transfer().records(boxes().holder(), key));
    assertEquals(List.of(Bytes.of(newer)), kept);
    List<RecordStore.Entry> page =
        done(boxes().transfer().listRecords(boxes().holder(), RecordKind.ROOT, key.subject(), ""));
    assertEquals(List.of(new RecordStore.Entry(key, kept)), page);
    assertEquals(
        List.of(),
        done(
            boxes()
                .transfer()
                .listRecords(boxes().holder(), RecordKind.ROOT, key.subject(), key.name())));
  }

  @Test
  void aRecordThatIsNotSoSignedIsRefused() throws Exception {
    byte[] record = boxes().root(9);
    record[record.length - 1] ^= 1;
    fails(
        Problem.REFUSED, boxes().transfer().putRecord(boxes().holder(), boxes().rootKey(), record));
    RecordKey none = new RecordKey(RecordKind.HEAD, boxes().rootKey().subject(), "ab");
    assertEquals(List.of(), done(boxes().transfer().records(boxes().holder(), none)));
  }

  @Test
  void whoIsAwayIsUnreachable() {
    fails(
        Problem.UNREACHABLE,
        boxes().transfer().get(boxes().away(), piece(), 0, 1, TrafficClass.STREAM));
  }

  @Test
  void whatCantBeAskedIsRefusedAtOnce() {
    PieceTransfer transfer = boxes().transfer();
    for (int count : new int[] {0, -1, PieceTransfer.MAX_UNITS + 1}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> transfer.get(boxes().holder(), piece(), 0, count, TrafficClass.STREAM));
    }
    ByteBuffer large = ByteBuffer.allocate((1 << 20) + 1);
    assertThrows(
        IllegalArgumentException.class,
        () -> transfer.put(boxes().holder(), piece(), new byte[1], 0, large, TrafficClass.STREAM));
  }
}
