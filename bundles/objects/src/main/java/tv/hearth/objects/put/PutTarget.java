package tv.hearth.objects.put;

import java.time.Instant;
import tv.hearth.api.cipher.ObjectKey;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.OwnerId;
import tv.hearth.api.value.PieceId;
import tv.hearth.api.value.TrafficClass;
import tv.hearth.objects.core.CodeShape;
import tv.hearth.objects.core.Layout;
import tv.hearth.support.record.PutGrant;
import tv.hearth.vendor.objects.DurabilityClass;
import tv.hearth.vendor.objects.Shelf;

/**
 * What is being put: fixed once and for all segments.
 *
 * @param label names it in messages
 * @param header of the sealed stream
 * @param leaseUntil when holders may drop pieces that nobody kept
 */
record PutTarget(
    String label,
    Shelf shelf,
    OwnerId owner,
    BoxId self,
    ObjectId object,
    ObjectKey key,
    byte[] header,
    DurabilityClass durability,
    CodeShape shape,
    Layout layout,
    Instant expires,
    Instant leaseUntil) {

  /** Leave to put one piece at one box. */
  PutGrant grant(int segment, int index, BoxId holder) {
    return new PutGrant(
        owner,
        holder,
        new PieceId(object, segment, index),
        layout.pieceLength(segment),
        Layout.UNIT,
        expires,
        leaseUntil);
  }

  /** How urgent its bytes are: somebody waits for a household's, films are pushed ahead. */
  TrafficClass traffic() {
    return shelf == Shelf.CATALOGUE ? TrafficClass.BACKUP : TrafficClass.HOUSEHOLD;
  }

  /** True where this box keeps the data pieces too. */
  boolean atHome() {
    return durability == DurabilityClass.HOME;
  }
}
