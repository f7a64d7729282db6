package tv.hearth.support.record;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.neighbourhood.Endpoint;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.OwnerId;
import tv.hearth.api.value.PieceId;
import tv.hearth.support.text.KeyIds;

/** A record of every kind, with fixed values. */
final class Samples {
  static final OwnerId OWNER = new OwnerId("o".repeat(31) + "2");
  static final BoxId BOX = new BoxId("b".repeat(31) + "3");
  static final BoxId OTHER = new BoxId("c".repeat(31) + "4");
  static final ObjectId OBJECT = new ObjectId("00112233445566778899aabbccddeeff");
  static final PieceId PIECE = new PieceId(OBJECT, 70_000, 254);
  static final Instant TIME = Instant.ofEpochSecond(1_700_000_000);
  static final List<Endpoint> ENDPOINTS =
      List.of(new Endpoint("direct6", "2001:db8::1", 7443), new Endpoint("dns", "box.test", 65535));
  static final DelegationRecord DELEGATION =
      new DelegationRecord(2, 9, TIME, fill(44, 0x11), List.of(fill(44, 0x12), fill(44, 0x13)));

  private Samples() {}

  /**
   * A kind of record.
   *
   * @param type as it says itself
   * @param again decodes and encodes
   */
  record Sample(String type, byte[] bytes, Again again) {
    @Override
    public String toString() {
      return type;
    }
  }

  /** Decodes and encodes. */
  interface Again {
    byte[] of(byte[] bytes) throws RecordException;
  }

  static Bytes fill(int length, int value) {
    byte[] bytes = new byte[length];
    java.util.Arrays.fill(bytes, (byte) value);
    return Bytes.of(bytes);
  }

  static DescriptorRecord descriptor() {
    return new DescriptorRecord(
        OWNER,
        OBJECT,
        fill(40, 0x21),
        4,
        6,
        5,
        4096,
        100_000,
        100_123,
        65_536,
        "film",
        List.of(fill(32, 0x22), fill(32, 0x23)));
  }

  static BoxMap map() {
    Bytes home = fill(44, 0x33);
    OwnerId household = new OwnerId(KeyIds.of(home.toArray()));
    List<MapBox> boxes = new ArrayList<>();
    for (MapBox.State state : MapBox.State.values()) {
      String id = "abcdefgh".charAt(state.ordinal()) + "a".repeat(31);
      boxes.add(
          new MapBox(
              new BoxId(id),
              fill(44, 0x31),
              fill(32, 0x32),
              household,
              home,
              "pid-1",
              65_535,
              state,
              "model",
              ENDPOINTS));
    }
    Map<OwnerId, Bytes> keys = new java.util.HashMap<>();
    DELEGATION.contentKeys().forEach(k -> keys.put(new OwnerId(KeyIds.of(k.toArray())), k));
    return new BoxMap("north-1", 2, 77, TIME, boxes, keys);
  }

  static List<Sample> all() {
    List<Sample> all = new ArrayList<>();
    all.add(
        of(DelegationRecord.TYPE, DELEGATION.encode(), b -> DelegationRecord.decode(b).encode()));
    all.add(
        of(DescriptorRecord.TYPE, descriptor().encode(), b -> DescriptorRecord.decode(b).encode()));
    all.add(
        of(
            EndpointRecord.TYPE,
            new EndpointRecord(BOX, 5, ENDPOINTS).encode(),
            b -> EndpointRecord.decode(b).encode()));
    all.add(
        of(
            MapRecord.TYPE,
            MapRecord.encode(map()),
            b -> MapRecord.encode(MapRecord.decode(b, DELEGATION))));
    enrolment(all);
    grants(all);
    objects(all);
    return all;
  }

  private static void enrolment(List<Sample> all) {
    byte[] some = {1, 2, 3};
    all.add(
        of(
            EnrolAnswer.TYPE,
            new EnrolAnswer(BOX, "north-1", List.of(some, some), List.of(some), some).encode(),
            b -> EnrolAnswer.decode(b).encode()));
    Bytes key = fill(44, 0x41);
    all.add(
        of(
            EnrolBody.TYPE,
            new EnrolBody(Bytes.of(some), fill(32, 0x42), key, "model", "pid-2", ENDPOINTS, TIME)
                .encode(),
            b -> EnrolBody.decode(b).encode()));
    all.add(
        of(
            EnrolRequest.TYPE,
            new EnrolRequest(some, some, "claim-1", fill(32, 0x43).toArray()).encode(),
            b -> EnrolRequest.decode(b).encode()));
    all.add(
        of(SignedMap.TYPE, new SignedMap(some, some).encode(), b -> SignedMap.decode(b).encode()));
  }

  private static void grants(List<Sample> all) {
    all.add(
        of(
            KeyGrantRecord.TYPE,
            new KeyGrantRecord(OWNER, BOX, 3, fill(80, 0x51)).encode(),
            b -> KeyGrantRecord.decode(b).encode()));
    all.add(
        of(
            PutGrant.TYPE,
            new PutGrant(OWNER, BOX, PIECE, 1L << 31, 4096, TIME, Instant.MAX).encode(),
            b -> PutGrant.decode(b).encode()));
    all.add(
        of(
            Receipt.TYPE,
            new Receipt(BOX, PIECE, 12_345, fill(32, 0x52), TIME).encode(),
            b -> Receipt.decode(b).encode()));
    all.add(
        of(
            RootRecord.TYPE,
            new RootRecord(OWNER, 1, fill(60, 0x53)).encode(),
            b -> RootRecord.decode(b).encode()));
  }

  private static void objects(List<Sample> all) {
    List<Bytes> roots = List.of(fill(32, 0x61), fill(32, 0x62));
    all.add(
        of(
            HeadRecord.TYPE,
            new HeadRecord(OWNER, fill(32, 0x63), 8, roots, false, fill(20, 0x64), TIME).encode(),
            b -> HeadRecord.decode(b).encode()));
    all.add(
        of(
            KeepRecord.TYPE,
            new KeepRecord(OWNER, OBJECT, Instant.MAX).encode(),
            b -> KeepRecord.decode(b).encode()));
    all.add(
        of(
            PlacementRecord.TYPE,
            new PlacementRecord(
                    OWNER,
                    OBJECT,
                    1,
                    2,
                    List.of(BOX, OTHER),
                    List.of(OTHER),
                    roots,
                    List.of(fill(64, 0x65), Bytes.of(new byte[0])))
                .encode(),
            b -> PlacementRecord.decode(b).encode()));
    all.add(
        of(
            Tombstone.TYPE,
            new Tombstone(OWNER, OBJECT, TIME).encode(),
            b -> Tombstone.decode(b).encode()));
  }

  private static Sample of(String type, byte[] bytes, Again again) {
    return new Sample(type, bytes, again);
  }
}
