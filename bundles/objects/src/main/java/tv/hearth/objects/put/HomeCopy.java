package tv.hearth.objects.put;

import tv.hearth.api.pieces.PieceStore;
import tv.hearth.api.pieces.StoreException;
import tv.hearth.api.value.PieceId;
import tv.hearth.objects.core.Layout;
import tv.hearth.objects.io.Failures;
import tv.hearth.objects.io.Services;
import tv.hearth.vendor.objects.ObjectFailure;

/** The owner's own full copy of a segment: its data pieces in this box's store. */
final class HomeCopy {
  private final Services services;
  private final PutTarget target;
  private final int segment;
  private boolean reserved;

  HomeCopy(Services services, PutTarget target, int segment) {
    this.services = services;
    this.target = target;
    this.segment = segment;
  }

  void write(Batch batch) throws ObjectFailure {
    long offset = (long) batch.firstStripe() * Layout.UNIT;
    each(
        (store, piece) -> {
          if (!reserved) {
            long length = target.layout().pieceLength(segment);
            store.reserve(piece, target.owner(), length, Layout.UNIT, target.leaseUntil());
          }
          store.write(piece, offset, batch.chunk(piece.index()));
        });
    reserved = true;
  }

  void commit() throws ObjectFailure {
    each(PieceStore::commit);
  }

  void abort() {
    try {
      services.pieces().call(store -> store.delete(target.object(), target.owner()));
    } catch (StoreException | RuntimeException e) {
      System.getLogger(HomeCopy.class.getName())
          .log(System.Logger.Level.WARNING, "left for its lease to end: {0}", e.getMessage());
    }
  }

  private void each(Step step) throws ObjectFailure {
    try {
      for (int i = 0; i < target.shape().k(); i++) {
        PieceId piece = new PieceId(target.object(), segment, i);
        services
            .pieces()
            .call(
                store -> {
                  step.on(store, piece);
                  return null;
                });
      }
    } catch (StoreException e) {
      throw Failures.of(target.label() + ", the copy at home", e);
    }
  }

  private interface Step {
    void on(PieceStore store, PieceId piece) throws StoreException;
  }
}
