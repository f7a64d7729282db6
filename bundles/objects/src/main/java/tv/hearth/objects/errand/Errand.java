package tv.hearth.objects.errand;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.OwnerId;
import tv.hearth.vendor.objects.Shelf;

/**
 * Something that is still to be done. Doing it again does no harm.
 *
 * @param id names it, and its file
 * @param object what it is about; empty for records that are no part of an object
 * @param record key of the record to be delivered; empty for other kinds
 * @param until when it has become useless
 * @param boxes who is to be told
 * @param message what they are told, signed; for FORGET the old head's payload, for COMMIT the new
 *     head as it is to be published
 * @param keep for COMMIT: the signed keep that follows; else empty
 */
public record Errand(
    Kind kind,
    String id,
    Shelf shelf,
    OwnerId owner,
    Optional<ObjectId> object,
    Optional<RecordKey> record,
    Instant until,
    List<BoxId> boxes,
    Bytes message,
    Bytes keep) {
  /** What is to be done. */
  public enum Kind {
    /** Holders are to keep an object's pieces for good. */
    KEEP,
    /** Holders are to delete an object's pieces. */
    ERASE,
    /** Replicas lack a record. */
    RECORD,
    /** A head is being published: should this box stop meanwhile, it goes on with that. */
    COMMIT,
    /** What an old head pointed to is to be found and deleted. */
    FORGET;

    /** True for what boxes are told; false for what this box does itself. */
    public boolean isMessage() {
      return this == KEEP || this == ERASE || this == RECORD;
    }
  }

  /** No bytes. */
  public static final Bytes NONE = Bytes.of(new byte[0]);

  /** Copies the list. */
  public Errand {
    boxes = List.copyOf(boxes);
  }

  /** As it is, for other boxes. */
  public Errand to(List<BoxId> others) {
    return new Errand(kind, id, shelf, owner, object, record, until, others, message, keep);
  }
}
