package tv.hearth.support.record;

import java.time.Instant;
import java.util.List;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.OwnerId;
import tv.hearth.support.cbor.CborMap;
import tv.hearth.support.cbor.KeptFields;

/**
 * The current version of a name, signed by its owner. Two heads with the same parents are siblings;
 * a later head names both as its parents and so settles them.
 *
 * @param nameId HMAC of the name, 32 bytes
 * @param revision one more than the greatest of its parents, from 1
 * @param parents SHA-256 of the payloads of the heads that it follows; empty for the first
 * @param deleted true where the name is gone; {@code sealed} is empty then
 * @param sealed name, descriptor and wrapped key, sealed for those who can read the space
 * @param rest what a newer release's head has beyond that
 */
public record HeadRecord(
    OwnerId owner,
    Bytes nameId,
    long revision,
    List<Bytes> parents,
    boolean deleted,
    Bytes sealed,
    Instant written,
    KeptFields rest) {
  /** Record and content type. */
  public static final String TYPE = "hearth/head";

  /** Most siblings that are kept, and most parents of a head. */
  public static final int MOST_SIBLINGS = 8;

  private static final int VERSION = 1;

  /** Copies the list. */
  public HeadRecord {
    parents = List.copyOf(parents);
  }

  /** As this release writes it. */
  public HeadRecord(
      OwnerId owner,
      Bytes nameId,
      long revision,
      List<Bytes> parents,
      boolean deleted,
      Bytes sealed,
      Instant written) {
    this(owner, nameId, revision, parents, deleted, sealed, written, KeptFields.NONE);
  }

  /** The payload. */
  public byte[] encode() {
    CborMap map =
        Fields.begin(TYPE, VERSION)
            .put("owner", owner.text())
            .put("name", nameId.toArray())
            .put("revision", revision)
            .putBytesList("parents", Fields.raw(parents))
            .put("deleted", deleted)
            .put("sealed", sealed.toArray())
            .put("written", Fields.seconds(written));
    return rest.into(map).toBytes();
  }

  /** Parses a payload. */
  public static HeadRecord decode(byte[] payload) throws RecordException {
    return Fields.parse(
        TYPE,
        VERSION,
        payload,
        (CborMap map) ->
            new HeadRecord(
                new OwnerId(map.text("owner", 32)),
                Bytes.of(map.bytes("name", 32, 32)),
                map.number("revision", 1, Fields.MOST_COUNT),
                Fields.wrapped(map.bytesList("parents", MOST_SIBLINGS, 32, 32)),
                map.bool("deleted"),
                Bytes.of(map.bytes("sealed", 0, 1 << 17)),
                Fields.instant(map, "written"),
                Fields.rest(map)));
  }
}
