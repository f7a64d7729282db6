package tv.hearth.support.replica;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.api.pieces.RecordKind;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.ObjectId;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cbor.CborMap;
import tv.hearth.support.record.DescriptorRecord;
import tv.hearth.support.record.HeadRecord;
import tv.hearth.support.record.KeyGrantRecord;
import tv.hearth.support.record.PlacementRecord;
import tv.hearth.support.record.RecordException;
import tv.hearth.support.record.RootRecord;
import tv.hearth.support.record.Tombstone;
import tv.hearth.support.text.KeyIds;

/**
 * What a replica must know of a record to keep it, whatever else is in it. These fields keep their
 * meaning through all versions of a kind, and a kind that is not known has {@code owner}, {@code
 * name}, {@code revision} and, where it belongs to an object, {@code object}; so that what one
 * can't read one still keeps, counts and hands on.
 *
 * @param revision of two records under one key the greater replaces; 0 where the first stays
 * @param object what a tombstone may forbid; empty where it belongs to none
 * @param parents of a head, hashes of the payloads that it follows; else empty
 * @param hash SHA-256 of the payload
 */
public record Envelope(
    RecordKey key, long revision, Optional<ObjectId> object, List<Bytes> parents, Bytes hash) {
  private static final int KNOWN_VERSION = 1;
  private static final long MOST_COUNT = (1L << 53) - 1;

  /** Copies the list. */
  public Envelope {
    parents = List.copyOf(parents);
  }

  /** The content type that records of this key are signed with. */
  public static String type(RecordKey key) {
    return "hearth/" + key.path();
  }

  /**
   * Reads a payload whose signature was checked. Of a version that this software knows the whole
   * form is checked.
   *
   * @throws RecordException where it is malformed, or is not what its key names
   */
  public static Envelope read(RecordKey key, byte[] payload) throws RecordException {
    try {
      CborMap map = CborMap.parse(payload);
      String type = map.text("t", 64);
      if (!type.equals(type(key))) {
        throw new RecordException("a " + type + " where a " + type(key) + " was expected");
      }
      if (map.number("v", 1, Long.MAX_VALUE) == KNOWN_VERSION) {
        checkForm(key.kind(), payload);
      }
      Envelope envelope = new Envelope(key, map, payload);
      named(key, map, payload);
      return envelope;
    } catch (CborException | IllegalArgumentException e) {
      throw new RecordException(type(key) + ": " + e.getMessage(), e);
    }
  }

  private Envelope(RecordKey key, CborMap map, byte[] payload) throws CborException {
    this(
        key,
        revision(key.kind(), map),
        object(key.kind(), map),
        parents(key.kind(), map),
        Bytes.of(KeyIds.sha256(payload)));
  }

  private static void checkForm(RecordKind kind, byte[] payload) throws RecordException {
    switch (kind) {
      case DESCRIPTOR -> DescriptorRecord.decode(payload);
      case PLACEMENT -> PlacementRecord.decode(payload);
      case HEAD -> HeadRecord.decode(payload);
      case KEY_GRANT -> KeyGrantRecord.decode(payload);
      case ROOT -> RootRecord.decode(payload);
      case TOMBSTONE -> Tombstone.decode(payload);
      default -> {
        // of a kind that is not known the envelope is all
      }
    }
  }

  private static long revision(RecordKind kind, CborMap map) throws CborException {
    return switch (kind) {
      case DESCRIPTOR, TOMBSTONE -> 0;
      case HEAD -> map.number("revision", 1, MOST_COUNT);
      case PLACEMENT, KEY_GRANT, ROOT -> map.number("version", 1, MOST_COUNT);
      default -> map.number("revision", 0, MOST_COUNT);
    };
  }

  private static Optional<ObjectId> object(RecordKind kind, CborMap map) throws CborException {
    return switch (kind) {
      case DESCRIPTOR, PLACEMENT, TOMBSTONE -> Optional.of(objectOf(map));
      case HEAD, KEY_GRANT, ROOT -> Optional.empty();
      default -> map.has("object") ? Optional.of(objectOf(map)) : Optional.empty();
    };
  }

  private static ObjectId objectOf(CborMap map) throws CborException {
    return ObjectId.of(map.bytes("object", 16, 16));
  }

  private static List<Bytes> parents(RecordKind kind, CborMap map) throws CborException {
    if (kind != RecordKind.HEAD) {
      return List.of();
    }
    return map.bytesList("parents", HeadRecord.MOST_SIBLINGS, 32, 32).stream()
        .map(Bytes::of)
        .toList();
  }

  private static void named(RecordKey key, CborMap map, byte[] payload)
      throws CborException, RecordException {
    String name =
        switch (key.kind()) {
          case DESCRIPTOR -> HexFormat.of().formatHex(KeyIds.sha256(payload));
          case PLACEMENT ->
              PlacementRecord.name(objectOf(map), map.integer("segment", 0, (1 << 24) - 1));
          case HEAD -> HexFormat.of().formatHex(map.bytes("name", 32, 32));
          case KEY_GRANT -> map.text("recipient", 32);
          case ROOT -> "root";
          case TOMBSTONE -> objectOf(map).text();
          default -> map.text("name", 64);
        };
    if (!key.subject().equals(map.text("owner", 32)) || !key.name().equals(name)) {
      throw new RecordException("the record's content is not what its key names: " + key);
    }
  }
}
