package tv.hearth.objects.errand;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.api.pieces.RecordStore;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.OwnerId;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cbor.CborMap;
import tv.hearth.support.cbor.KeptFields;
import tv.hearth.support.cbor.NewerFormatException;
import tv.hearth.vendor.objects.Shelf;

/**
 * An errand's file: a CBOR map with {@code t} = {@code hearth/errand}, {@code v} = 1, then {@code
 * kind, id, shelf, owner, object} (16 bytes or none), {@code record} (kind's path or empty), {@code
 * name, until} (Unix seconds), {@code boxes, message, keep}; further fields are kept. Pure.
 */
final class ErrandFile {
  /** Largest file, bytes. */
  static final int MOST = RecordStore.MAX_RECORD + (64 << 10);

  private static final String TYPE = "hearth/errand";
  private static final int VERSION = 1;
  private static final int MOST_BOXES = 4096;
  private static final long LAST_SECOND = 253_402_300_799L;
  private static final Set<String> KNOWN =
      Set.of(
          "t", "v", "kind", "id", "shelf", "owner", "object", "record", "name", "until", "boxes",
          "message", "keep");

  private ErrandFile() {}

  /** With what a newer release added to the errand that it takes the place of. */
  static byte[] encode(Errand errand, KeptFields kept) {
    return kept.into(map(errand)).toBytes();
  }

  private static CborMap map(Errand errand) {
    return new CborMap()
        .put("t", TYPE)
        .put("v", VERSION)
        .put("kind", path(errand.kind()))
        .put("id", errand.id())
        .put("shelf", path(errand.shelf()))
        .put("owner", errand.owner().text())
        .put("object", errand.object().map(ObjectId::toBytes).orElse(new byte[0]))
        .put("record", errand.record().map(RecordKey::path).orElse(""))
        .put("name", errand.record().map(RecordKey::name).orElse(""))
        .put("until", Math.min(LAST_SECOND, errand.until().getEpochSecond()))
        .putTexts("boxes", errand.boxes().stream().map(BoxId::text).toList())
        .put("message", errand.message().toArray())
        .put("keep", errand.keep().toArray());
  }

  /** The fields of a file that this release does not know. */
  static KeptFields kept(byte[] file) throws CborException {
    return KeptFields.of(CborMap.parse(file, TYPE, VERSION), KNOWN);
  }

  /**
   * Reads version 1.
   *
   * @throws NewerFormatException where it is of a newer version, or of a kind that is not known
   */
  static Errand decode(byte[] file) throws CborException {
    CborMap map = CborMap.parse(file, TYPE, VERSION);
    try {
      return errand(map);
    } catch (IllegalArgumentException e) {
      throw new CborException(TYPE + ": " + e.getMessage());
    }
  }

  private static Errand errand(CborMap map) throws CborException {
    OwnerId owner = new OwnerId(map.text("owner", 32));
    byte[] object = map.bytes("object", 0, 16);
    List<BoxId> boxes = new ArrayList<>();
    map.texts("boxes", MOST_BOXES, 32).forEach(text -> boxes.add(new BoxId(text)));
    return new Errand(
        known(Errand.Kind.class, map, "kind"),
        map.text("id", 64),
        known(Shelf.class, map, "shelf"),
        owner,
        object.length == 0 ? Optional.empty() : Optional.of(ObjectId.of(object)),
        key(owner, map),
        Instant.ofEpochSecond(map.number("until", 0, LAST_SECOND)),
        boxes,
        Bytes.of(map.bytes("message", 0, RecordStore.MAX_RECORD)),
        Bytes.of(map.bytes("keep", 0, 4096)));
  }

  /** A record of a kind that is not known is delivered like any other: by its envelope. */
  private static Optional<RecordKey> key(OwnerId owner, CborMap map) throws CborException {
    String path = map.text("record", 64);
    String name = map.text("name", 64);
    try {
      return path.isEmpty()
          ? Optional.empty()
          : Optional.of(RecordKey.of(path, owner.text(), name));
    } catch (IllegalArgumentException e) {
      throw new NewerFormatException(TYPE + ": " + e.getMessage());
    }
  }

  private static <T extends Enum<T>> T known(Class<T> type, CborMap map, String key)
      throws CborException {
    String value = map.text(key, 64);
    for (T constant : type.getEnumConstants()) {
      if (path(constant).equals(value)) {
        return constant;
      }
    }
    throw new NewerFormatException(TYPE + ": the " + key + " '" + value + "' is not known");
  }

  private static String path(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
