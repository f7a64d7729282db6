package tv.hearth.transfer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.identity.Role;
import tv.hearth.api.transfer.PieceTransfer.PutReply;
import tv.hearth.api.transfer.TransferException;
import tv.hearth.api.transfer.TransferException.Problem;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.PieceId;
import tv.hearth.api.value.TrafficClass;
import tv.hearth.support.record.KeepRecord;
import tv.hearth.support.record.PutGrant;
import tv.hearth.support.record.Tombstone;
import tv.hearth.tests.contracts.pieces.PieceSamples;

/** A valid member that puts, overwrites or deletes what it may not. */
@Timeout(300)
final class RightsTest {
  private static final int LENGTH = 100_000;
  private static final byte[] CONTENT = PieceSamples.content(5, LENGTH);

  private static TestNeighbourhood neighbourhood;
  private static TestBox holder;
  private static TestBox owner;
  private static TestBox other;
  private static int objects;

  @BeforeAll
  static void start(@TempDir Path temp) throws Exception {
    neighbourhood = new TestNeighbourhood(temp);
    holder = TestBox.member(neighbourhood, "holder");
    owner = TestBox.member(neighbourhood, "owner");
    other = TestBox.member(neighbourhood, "other");
  }

  @AfterAll
  static void stop() throws Exception {
    other.close();
    owner.close();
    holder.close();
  }

  private static synchronized PieceId piece() {
    return PieceSamples.piece(++objects, 0, 0);
  }

  private static Future<PutReply> put(TestBox by, PieceId piece, byte[] grant, byte[] content) {
    return by.transfers()
        .put(holder.id(), piece, grant, 0, ByteBuffer.wrap(content), TrafficClass.BACKUP);
  }

  private static Problem problem(Future<?> future) {
    ExecutionException e = assertThrows(ExecutionException.class, () -> future.get());
    return ((TransferException) e.getCause()).problem();
  }

  private static void refused(PieceId piece, byte[] grant) throws Exception {
    assertEquals(Problem.REFUSED, problem(put(owner, piece, grant, CONTENT)));
    assertTrue(holder.pieces().stat(piece).isEmpty());
    assertEquals(0, holder.pieces().delete(piece.object(), owner.owner()));
  }

  private static PieceId stored() throws Exception {
    PieceId piece = piece();
    byte[] grant = owner.grant(holder.id(), piece, LENGTH);
    assertTrue(put(owner, piece, grant, CONTENT).get().receipt().isPresent());
    return piece;
  }

  private static void intact(PieceId piece) throws Exception {
    ByteBuffer back = ByteBuffer.allocate(2 * 65_536);
    assertEquals(LENGTH, holder.pieces().read(piece, 0, 2, back));
    assertArrayEquals(CONTENT, java.util.Arrays.copyOf(back.array(), LENGTH));
  }

  @Test
  void aPutWithoutGrantIsRefused() throws Exception {
    try (RawPeer peer = new RawPeer(owner.identity().tls(), holder.port())) {
      String path = "/v1/pieces/" + piece();
      RawPeer.Reply reply =
          peer.ask("PUT", path, "Content-Length: 10", "Content-Range: bytes 0-9/10");
      assertEquals(403, reply.status());
      assertEquals("REFUSED", reply.problem());
      assertTrue(reply.text().contains("grant"), reply.text());
    }
  }

  @Test
  void aGrantForAnotherHolderIsRefused() throws Exception {
    PieceId piece = piece();
    refused(piece, owner.grant(other.id(), piece, LENGTH));
  }

  @Test
  void aGrantForAnotherPieceIsRefused() throws Exception {
    refused(piece(), owner.grant(holder.id(), piece(), LENGTH));
  }

  @Test
  void anExpiredGrantIsRefused() throws Exception {
    PieceId piece = piece();
    Instant past = Instant.now().minusSeconds(2);
    refused(piece, owner.grant(holder.id(), piece, LENGTH, 65_536, past));
  }

  @Test
  void aGrantOfOddUnitsIsRefused() throws Exception {
    PieceId piece = piece();
    Instant later = Instant.now().plusSeconds(60);
    refused(piece, owner.grant(holder.id(), piece, LENGTH, 1 << 20, later));
    refused(piece, owner.grant(holder.id(), piece, LENGTH, 100, later));
    refused(piece, owner.grant(holder.id(), piece, 80L << 20, 65_536, later));
  }

  @Test
  void moreThanWasGrantedIsRefused() throws Exception {
    PieceId piece = piece();
    String grant = encoded(owner.grant(holder.id(), piece, LENGTH));
    try (RawPeer peer = new RawPeer(owner.identity().tls(), holder.port())) {
      RawPeer.Reply reply =
          peer.ask(
              "PUT",
              "/v1/pieces/" + piece,
              "Content-Length: 10",
              "Content-Range: bytes 0-9/" + (LENGTH + 1),
              "Hearth-Grant: " + grant,
              "Expect: 100-continue");
      assertEquals(403, reply.status());
    }
    assertTrue(holder.pieces().stat(piece).isEmpty());
  }

  @Test
  void aGrantThatSomebodyElseSignedIsRefused() throws Exception {
    PieceId piece = piece();
    PutGrant grant =
        new PutGrant(
            owner.owner(),
            holder.id(),
            piece,
            LENGTH,
            65_536,
            Instant.now().plusSeconds(60),
            Instant.now().plusSeconds(60));
    refused(piece, other.identity().sign(Role.HOUSEHOLD, PutGrant.TYPE, grant.encode()));
    refused(piece, owner.identity().sign(Role.HOUSEHOLD, Tombstone.TYPE, grant.encode()));
    refused(piece, owner.identity().sign(Role.BOX, PutGrant.TYPE, grant.encode()));
  }

  @Test
  void aGrantOfAHouseholdThatLeftIsRefused() throws Exception {
    TestBox left = TestBox.member(neighbourhood, "left");
    PieceId piece = piece();
    byte[] grant = left.grant(holder.id(), piece, LENGTH);
    neighbourhood.join(left.identity(), tv.hearth.api.neighbourhood.MapBox.State.REMOVED);
    left.close();
    refused(piece, grant);
  }

  @Test
  void anotherOwnersPieceIsNotOverwritten() throws Exception {
    PieceId piece = stored();
    byte[] grant = other.grant(holder.id(), piece, LENGTH);
    assertEquals(Problem.CONFLICT, problem(put(other, piece, grant, new byte[LENGTH])));
    intact(piece);
  }

  @Test
  void aStoredPieceIsNotOverwrittenByItsOwnerEither() throws Exception {
    PieceId piece = stored();
    byte[] grant = owner.grant(holder.id(), piece, LENGTH);
    PutReply again = put(owner, piece, grant, new byte[LENGTH]).get();
    assertEquals(LENGTH, again.written());
    assertTrue(again.receipt().isPresent());
    intact(piece);
  }

  @Test
  void anotherOwnersPiecesAreNotDeleted() throws Exception {
    PieceId piece = stored();
    Tombstone own = new Tombstone(other.owner(), piece.object(), Instant.now());
    byte[] signed = other.identity().sign(Role.HOUSEHOLD, Tombstone.TYPE, own.encode());
    assertEquals(0, delete(other, signed).get());
    intact(piece);
    Tombstone forged = new Tombstone(owner.owner(), piece.object(), Instant.now());
    signed = other.identity().sign(Role.HOUSEHOLD, Tombstone.TYPE, forged.encode());
    assertEquals(Problem.REFUSED, problem(delete(other, signed)));
    intact(piece);
  }

  @Test
  void whatItsOwnerDeletedDoesNotComeBack() throws Exception {
    PieceId piece = stored();
    byte[] grant = owner.grant(holder.id(), piece, LENGTH);
    Tombstone tombstone = new Tombstone(owner.owner(), piece.object(), Instant.now());
    byte[] signed = owner.identity().sign(Role.HOUSEHOLD, Tombstone.TYPE, tombstone.encode());
    assertEquals(1, delete(other, signed).get());
    assertFalse(owner.transfers().head(holder.id(), piece).get());
    assertEquals(Problem.REFUSED, problem(put(owner, piece, grant, CONTENT)));
    assertTrue(holder.pieces().stat(piece).isEmpty());
    assertEquals(0, delete(owner, signed).get());
    KeepRecord keep = new KeepRecord(owner.owner(), piece.object(), Instant.MAX);
    byte[] kept = owner.identity().sign(Role.HOUSEHOLD, KeepRecord.TYPE, keep.encode());
    assertEquals(Problem.REFUSED, problem(owner.transfers().keep(holder.id(), kept)));
  }

  @Test
  void onlyTheOwnerKeeps() throws Exception {
    PieceId piece = stored();
    assertEquals(1, keep(owner, owner, piece.object()).get());
    assertEquals(Instant.MAX, holder.pieces().stat(piece).orElseThrow().keepUntil());
    assertEquals(0, keep(other, other, piece.object()).get());
    assertEquals(Problem.REFUSED, problem(keep(owner, other, piece.object())));
  }

  @Test
  void aGapIsAConflictAndTheLengthThereCanBeAskedFor() throws Exception {
    PieceId piece = piece();
    byte[] grant = owner.grant(holder.id(), piece, LENGTH);
    assertEquals(0, at(piece, grant, 0, 0).get().written());
    assertEquals(60_000, at(piece, grant, 0, 60_000).get().written());
    assertEquals(Problem.CONFLICT, problem(at(piece, grant, 70_000, 100)));
    assertEquals(60_000, at(piece, grant, 0, 0).get().written());
    PutReply whole = at(piece, grant, 50_000, 50_000).get();
    assertTrue(whole.receipt().isPresent());
    intact(piece);
  }

  @Test
  void noRoomIsSaidBeforeAByteIsTaken() throws Exception {
    TestBox full = TestBox.member(neighbourhood, "full");
    try (full) {
      full.limits = new tv.hearth.api.budget.Limits(1, 50_000, 1L << 30, 1L << 30, 1L << 30);
      PieceId piece = piece();
      BoxId at = full.id();
      byte[] grant = owner.grant(at, piece, LENGTH);
      Future<PutReply> put =
          owner.transfers().put(at, piece, grant, 0, ByteBuffer.wrap(CONTENT), TrafficClass.BACKUP);
      assertEquals(Problem.NO_ROOM, problem(put));
    }
  }

  private static Future<PutReply> at(PieceId piece, byte[] grant, int offset, int length) {
    ByteBuffer bytes = ByteBuffer.wrap(CONTENT, offset, length);
    return owner.transfers().put(holder.id(), piece, grant, offset, bytes, TrafficClass.BACKUP);
  }

  private static Future<Integer> delete(TestBox by, byte[] signed) {
    return by.transfers().delete(holder.id(), signed);
  }

  private static Future<Integer> keep(TestBox named, TestBox signer, ObjectId object)
      throws Exception {
    KeepRecord keep = new KeepRecord(named.owner(), object, Instant.MAX);
    byte[] signed = signer.identity().sign(Role.HOUSEHOLD, KeepRecord.TYPE, keep.encode());
    return signer.transfers().keep(holder.id(), signed);
  }

  private static String encoded(byte[] grant) {
    return java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(grant);
  }
}
