package tv.hearth.support.record;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.OwnerId;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cbor.CborMap;
import tv.hearth.support.level.Levels;
import tv.hearth.support.text.KeyIds;

/**
 * The map as a record, signed by the map key that the {@link DelegationRecord} of the same epoch
 * names.
 */
public final class MapRecord {
  /** Record and content type. */
  public static final String TYPE = "hearth/map";

  /** Most boxes of a neighbourhood. */
  public static final int MOST_BOXES = 2_500;

  /** The greatest version; only a map key that was stolen comes there. */
  public static final long MOST_VERSION = Fields.MOST_COUNT;

  private static final int VERSION = 1;

  private MapRecord() {}

  /** The payload; content keys are not in it, the delegation has them. */
  public static byte[] encode(BoxMap map) {
    List<CborMap> boxes = new ArrayList<>();
    for (MapBox box : map.boxes()) {
      boxes.add(toMap(box));
    }
    CborMap record = Fields.begin(TYPE, VERSION);
    if (map.level() > Levels.FIRST) {
      record.put("level", map.level());
    }
    return record
        .put("neighbourhood", map.neighbourhood())
        .put("epoch", map.epoch())
        .put("version", map.version())
        .put("expires", Fields.seconds(map.expires()))
        .putMaps("boxes", boxes)
        .toBytes();
  }

  /** Parses a payload whose signature was checked, with the delegation that names its signer. */
  public static BoxMap decode(byte[] payload, DelegationRecord delegation) throws RecordException {
    return Fields.parse(
        TYPE,
        VERSION,
        payload,
        (CborMap map) -> {
          List<MapBox> boxes = new ArrayList<>();
          for (CborMap box : map.maps("boxes", MOST_BOXES)) {
            boxes.add(fromMap(box));
          }
          Map<OwnerId, Bytes> content = new LinkedHashMap<>();
          for (Bytes key : delegation.contentKeys()) {
            content.put(new OwnerId(KeyIds.of(key.toArray())), key);
          }
          int epoch = map.integer("epoch", 0, Integer.MAX_VALUE);
          if (epoch != delegation.epoch()) {
            throw new RecordException(
                TYPE + " of epoch " + epoch + " under a delegation of " + delegation.epoch());
          }
          return new BoxMap(
              map.text("neighbourhood", 32),
              epoch,
              map.number("version", 1, MOST_VERSION),
              Fields.instant(map, "expires"),
              boxes,
              content,
              Fields.level(map, "level"));
        });
  }

  /** The level of a payload, whatever delegation it is under. */
  public static int level(byte[] payload) throws RecordException {
    try {
      return Fields.level(CborMap.parse(payload), "level");
    } catch (CborException e) {
      throw new RecordException(TYPE + ": " + e.getMessage(), e);
    }
  }

  private static CborMap toMap(MapBox box) {
    CborMap map = new CborMap();
    if (box.behind()) {
      map.put("behind", true);
    }
    return map.put("id", box.id().text())
        .put("key", box.signingKey().toArray())
        .put("hpke", box.exchangeKey().toArray())
        .put("home", box.householdKey().toArray())
        .put("pid", box.location())
        .put("weight", box.weight())
        .put("state", box.state().name().toLowerCase(Locale.ROOT))
        .put("model", box.model())
        .putMaps("at", EndpointRecord.toMaps(box.endpoints()));
  }

  private static MapBox fromMap(CborMap map) throws CborException {
    byte[] household = map.bytes("home", 32, 128);
    return new MapBox(
        new BoxId(map.text("id", 32)),
        Bytes.of(map.bytes("key", 32, 128)),
        Bytes.of(map.bytes("hpke", 32, 32)),
        new OwnerId(KeyIds.of(household)),
        Bytes.of(household),
        map.text("pid", 64),
        map.integer("weight", 0, 65_535),
        MapBox.State.valueOf(map.text("state", 16).toUpperCase(Locale.ROOT)),
        map.text("model", 64),
        EndpointRecord.fromMaps(map.maps("at", EndpointRecord.MOST)),
        map.has("behind") && map.bool("behind"));
  }
}
