package tv.hearth.transfer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.identity.Role;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.api.pieces.RecordKind;
import tv.hearth.api.transfer.PieceTransfer.PutReply;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.PieceId;
import tv.hearth.api.value.TrafficClass;
import tv.hearth.support.record.KeepRecord;
import tv.hearth.support.record.Receipt;
import tv.hearth.support.record.RootRecord;
import tv.hearth.tests.contracts.pieces.PieceSamples;

/** Two boxes, real TLS, real storage. */
@Timeout(300)
final class PieceTransferTest {
  private static final int UNIT = 65_536;

  @TempDir Path temp;
  private TestNeighbourhood neighbourhood;
  private TestBox holder;
  private TestBox owner;

  @BeforeEach
  void start() throws Exception {
    neighbourhood = new TestNeighbourhood(temp);
    holder = TestBox.member(neighbourhood, "holder");
    owner = TestBox.member(neighbourhood, "owner");
  }

  @AfterEach
  void stop() throws Exception {
    owner.close();
    holder.close();
  }

  @Test
  void aPieceGoesThereAndComesBack() throws Exception {
    PieceId piece = PieceSamples.piece(1, 0, 3);
    byte[] content = PieceSamples.content(7, 20 * UNIT);
    byte[] grant = owner.grant(holder.id(), piece, content.length);

    PutReply half = put(piece, grant, content, 0, 10 * UNIT);
    assertEquals(10 * UNIT, half.written());
    assertTrue(half.receipt().isEmpty());
    assertFalse(owner.transfers().head(holder.id(), piece).get());
    PutReply whole = put(piece, grant, content, 10 * UNIT, 10 * UNIT);

    byte[] payload =
        owner
            .crypto
            .verifier()
            .verify(whole.receipt().get(), Receipt.TYPE, holder.identity().signingKey());
    Receipt receipt = Receipt.decode(payload);
    assertEquals(piece, receipt.piece());
    assertEquals(content.length, receipt.length());
    assertTrue(owner.transfers().head(holder.id(), piece).get());
    byte[] got = owner.transfers().get(holder.id(), piece, 3, 16, TrafficClass.STREAM).get();
    assertArrayEquals(Arrays.copyOfRange(content, 3 * UNIT, 19 * UNIT), got);
    byte[] hashes = owner.transfers().unitHashes(holder.id(), piece, TrafficClass.STREAM).get();
    assertArrayEquals(holder.pieces().unitHashes(piece), hashes);
  }

  /** Who asks for room till the year 9999 and keeps nothing gets it for 30 days. */
  @Test
  void aLeaseWithoutBoundEndsAllTheSame() throws Exception {
    PieceId piece = PieceSamples.piece(2, 0, 0);
    byte[] content = PieceSamples.content(7, 100);
    Instant expires = Instant.now().plusSeconds(600);
    Instant lease = Instant.parse("9999-12-31T23:59:59Z");
    byte[] grant = owner.grant(holder.id(), piece, content.length, UNIT, expires, lease);
    assertTrue(put(piece, grant, content, 0, content.length).receipt().isPresent());
    Instant most = Instant.now().plus(Duration.ofDays(30));
    Instant kept = holder.pieces().stat(piece).orElseThrow().keepUntil();
    assertFalse(kept.isAfter(most), "kept until " + kept);

    KeepRecord keep = new KeepRecord(owner.owner(), piece.object(), Instant.MAX);
    byte[] signed = owner.identity().sign(Role.HOUSEHOLD, KeepRecord.TYPE, keep.encode());
    assertEquals(1, owner.transfers().keep(holder.id(), signed).get());
    assertEquals(Instant.MAX, holder.pieces().stat(piece).orElseThrow().keepUntil());
  }

  @Test
  void aRecordGoesThereAndComesBack() throws Exception {
    RecordKey key = new RecordKey(RecordKind.ROOT, owner.owner().text(), "root");
    RootRecord root = new RootRecord(owner.owner(), 1, Bytes.of(new byte[100]));
    byte[] signed = owner.identity().sign(Role.HOUSEHOLD, RootRecord.TYPE, root.encode());
    owner.transfers().putRecord(holder.id(), key, signed).get();
    assertEquals(List.of(Bytes.of(signed)), owner.transfers().records(holder.id(), key).get());
    assertEquals(
        1,
        owner
            .transfers()
            .listRecords(holder.id(), RecordKind.ROOT, owner.owner().text(), "")
            .get()
            .size());
  }

  private PutReply put(PieceId piece, byte[] grant, byte[] content, int offset, int length)
      throws Exception {
    return owner
        .transfers()
        .put(
            holder.id(),
            piece,
            grant,
            offset,
            ByteBuffer.wrap(content, offset, length),
            TrafficClass.BACKUP)
        .get();
  }
}
