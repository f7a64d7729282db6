package tv.hearth.transfer.serve;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import tv.hearth.api.identity.Identity;
import tv.hearth.api.identity.Role;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.pieces.PieceInfo;
import tv.hearth.api.pieces.StoreException;
import tv.hearth.api.transfer.TransferException.Problem;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.PieceId;
import tv.hearth.support.record.PutGrant;
import tv.hearth.support.record.Receipt;
import tv.hearth.transfer.core.ByteRange;
import tv.hearth.transfer.core.Grants;
import tv.hearth.transfer.core.Refusal;
import tv.hearth.transfer.core.Wire;

/** Puts and gets of pieces at this box. Blocks on the disk. Thread-safe. */
public final class PieceDesk {
  private final Services services;
  private final DeletionDesk deletions;
  private final Clock clock;

  /** Over the services. */
  public PieceDesk(Services services, DeletionDesk deletions, Clock clock) {
    this.services = services;
    this.deletions = deletions;
    this.clock = clock;
  }

  /**
   * Lets a put begin: checks its grant and reserves its room.
   *
   * @return the receipt if the piece is whole here already, so that no byte is needed
   */
  public Optional<Reply> begin(PieceId piece, byte[] signed, ByteRange range) throws Exception {
    BoxId me = services.identity.call(Identity::box);
    Instant now = clock.instant();
    BoxMap map = services.map();
    PutGrant grant =
        services.verifier.call(v -> Grants.put(signed, piece, range.total(), me, map, v, now));
    Instant lease = Grants.lease(grant, now);
    deletions.refuseDeleted(grant.owner(), piece.object());
    services.pieces.call(
        store -> {
          store.reserve(piece, grant.owner(), grant.length(), grant.unit(), lease);
          return null;
        });
    Optional<PieceInfo> info = services.pieces.call(store -> store.stat(piece));
    abortIfDeletedMeanwhile(piece, grant);
    return info.isPresent() ? Optional.of(receipt(info.get())) : Optional.empty();
  }

  /** A tombstone that came between check and reservation finds nothing to delete. */
  private void abortIfDeletedMeanwhile(PieceId piece, PutGrant grant) throws Exception {
    try {
      deletions.refuseDeleted(grant.owner(), piece.object());
    } catch (Refusal e) {
      services.pieces.call(
          store -> {
            store.abort(piece);
            return null;
          });
      throw e;
    }
  }

  /** Writes a part; returns how much is written. */
  public long write(PieceId piece, long offset, ByteBuffer bytes) throws StoreException {
    int start = bytes.position();
    return services.pieces.call(store -> store.write(piece, offset, bytes.position(start)));
  }

  /** Makes a wholly written piece durable; answers with the receipt. */
  public Reply commit(PieceId piece) throws Exception {
    return receipt(services.pieces.call(store -> store.commit(piece)));
  }

  private Reply receipt(PieceInfo info) throws Exception {
    BoxId me = services.identity.call(Identity::box);
    byte[] receipt =
        new Receipt(me, info.piece(), info.length(), info.root(), clock.instant()).encode();
    byte[] signed = services.identity.call(own -> own.sign(Role.BOX, Receipt.TYPE, receipt));
    return Reply.receipt(signed, info.length());
  }

  /** A piece that may be read; NOT_FOUND where it is not here, or its object was deleted. */
  public PieceInfo info(PieceId piece) throws Exception {
    PieceInfo info =
        services
            .pieces
            .call(store -> store.stat(piece))
            .orElseThrow(() -> new Refusal(Problem.NOT_FOUND, "no such piece here: " + piece));
    if (deletions.isDeleted(info.owner(), piece.object())) {
      throw new Refusal(Problem.NOT_FOUND, 410, "its owner deleted the object of " + piece);
    }
    return info;
  }

  /** Headers that tell of a piece. */
  public static Map<String, String> headers(PieceInfo info) {
    String root = HexFormat.of().formatHex(info.root().toArray());
    return Map.of(
        Wire.UNIT,
        Integer.toString(info.unit()),
        Wire.ROOT,
        root,
        "ETag",
        '"' + root + '"',
        "Accept-Ranges",
        "bytes");
  }

  /** Answers a HEAD. */
  public Reply head(PieceId piece) throws Exception {
    PieceInfo info = info(piece);
    return Reply.head(headers(info), info.length());
  }

  /** Answers with the hashes of a piece's units. */
  public Reply hashes(PieceId piece) throws Exception {
    info(piece);
    return Reply.bytes(services.pieces.call(store -> store.unitHashes(piece)));
  }

  /** Reads whole units into a buffer; returns bytes. */
  public int read(PieceId piece, int firstUnit, int count, ByteBuffer into) throws StoreException {
    int start = into.position();
    return services.pieces.call(store -> store.read(piece, firstUnit, count, into.position(start)));
  }
}
