package tv.hearth.objects.put;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import tv.hearth.api.transfer.PieceTransfer.PutReply;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.PieceId;
import tv.hearth.support.record.PutGrant;
import tv.hearth.vendor.objects.ObjectFailure;

/**
 * A segment's chunks over the line, each with leave to hold its piece, and what holders sign for
 * them. Thread-safe.
 */
final class Sender {
  private final PutKitchen kitchen;
  private final PutTarget target;
  private final int segment;
  private final Receipts receipts;
  private final Map<Integer, Leave> leaves = new ConcurrentHashMap<>();

  /** A holder's leave to hold a piece, signed. */
  private record Leave(BoxId holder, Bytes grant) {}

  Sender(PutKitchen kitchen, PutTarget target, int segment) {
    this.kitchen = kitchen;
    this.target = target;
    this.segment = segment;
    this.receipts = new Receipts(kitchen.services(), kitchen.authority());
  }

  /**
   * Gives a holder a part of a piece; {@code chunk} must stay as it is until the answer is there.
   */
  CompletableFuture<PutReply> put(int index, BoxId holder, long offset, ByteBuffer chunk)
      throws ObjectFailure {
    byte[] grant = grant(index, holder);
    return kitchen
        .remote()
        .call(t -> t.put(holder, piece(index), grant, offset, chunk.duplicate(), target.traffic()));
  }

  private byte[] grant(int index, BoxId holder) throws ObjectFailure {
    Leave leave = leaves.get(index);
    if (leave == null || !leave.holder().equals(holder)) {
      byte[] grant = target.grant(segment, index, holder).encode();
      byte[] signed = kitchen.authority().sign(target.shelf(), PutGrant.TYPE, grant);
      leave = new Leave(holder, Bytes.of(signed));
      leaves.put(index, leave);
    }
    return leave.grant().toArray();
  }

  /**
   * Why what a holder signed for its piece does not count; empty where it does.
   *
   * @throws ObjectFailure where this box can't tell: no fault of the holder's
   */
  Optional<String> fault(int index, BoxId holder, Bytes root, byte[] signed) throws ObjectFailure {
    long length = target.layout().pieceLength(segment);
    return receipts.fault(signed, holder, piece(index), length, root);
  }

  PieceId piece(int index) {
    return new PieceId(target.object(), segment, index);
  }
}
