package tv.hearth.objects.put;

import java.util.Optional;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.api.signature.BadSignatureException;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.PieceId;
import tv.hearth.objects.io.Authority;
import tv.hearth.objects.io.Services;
import tv.hearth.support.record.Receipt;
import tv.hearth.support.record.RecordException;
import tv.hearth.vendor.objects.ObjectFailure;

/** Holds a holder to its word: what it signed must be what was sent. */
final class Receipts {
  private final Services services;
  private final Authority authority;

  Receipts(Services services, Authority authority) {
    this.services = services;
    this.authority = authority;
  }

  /**
   * Why a receipt does not count; empty where it does.
   *
   * @throws ObjectFailure where this box has no map to tell by: no fault of the holder's
   */
  Optional<String> fault(byte[] signed, BoxId holder, PieceId piece, long length, Bytes root)
      throws ObjectFailure {
    MapBox box = authority.map().box(holder).orElse(null);
    if (box == null) {
      return Optional.of("the map knows no box " + holder);
    }
    try {
      byte[] payload =
          services.verifier().call(v -> v.verify(signed, Receipt.TYPE, box.signingKey()));
      Receipt receipt = Receipt.decode(payload);
      boolean right =
          receipt.holder().equals(holder)
              && receipt.piece().equals(piece)
              && receipt.length() == length
              && receipt.root().equals(root);
      return right
          ? Optional.empty()
          : Optional.of(holder + " signed for something else than piece " + piece);
    } catch (BadSignatureException | RecordException e) {
      return Optional.of("receipt of " + holder + ": " + e.getMessage());
    }
  }
}
