package tv.hearth.support.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.api.value.Bytes;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cbor.CborMap;
import tv.hearth.support.cbor.MapEdits;
import tv.hearth.support.text.KeyIds;

/** What holds for one kind of record only. */
class RecordRulesTest {
  @ParameterizedTest
  @CsvSource({
    "k, 0",
    "k, 7",
    "n, 0",
    "n, 256",
    "ack, 3",
    "ack, 7",
    "unit, 63",
    "unit, 4097",
    "plain, -1",
    "sealed, 0",
    "sealed, 65536",
    "sealed, 131073",
    "segment, 0",
    "segment, 65537",
    "segment, 1073741825"
  })
  void descriptorSizesMustAgree(String field, long value) throws CborException {
    CborMap map = CborMap.parse(Samples.descriptor().encode());
    byte[] bytes = MapEdits.with(map, field, value).toBytes();
    assertThrows(RecordException.class, () -> DescriptorRecord.decode(bytes));
  }

  @ParameterizedTest
  @CsvSource({"cipher", "code", "hash"})
  void unknownAlgorithmsAreRefusedByName(String field) throws CborException {
    CborMap map = CborMap.parse(Samples.descriptor().encode());
    byte[] bytes = MapEdits.with(map, field, "rot13").toBytes();
    RecordException thrown =
        assertThrows(RecordException.class, () -> DescriptorRecord.decode(bytes));
    assertTrue(thrown.getMessage().contains("unknown algorithm rot13"), thrown.getMessage());
  }

  @Test
  void aDescriptorIsNamedByItsHash() {
    DescriptorRecord descriptor = Samples.descriptor();
    assertEquals(Bytes.of(KeyIds.sha256(descriptor.encode())), descriptor.hash());
  }

  @Test
  void holdersRootsAndReceiptsAreAsMany() {
    List<Bytes> roots = List.of(Samples.fill(32, 1), Samples.fill(32, 2));
    List<Bytes> none = List.of();
    for (PlacementRecord bad :
        List.of(
            new PlacementRecord(
                Samples.OWNER, Samples.OBJECT, 0, 1, List.of(), List.of(), none, none),
            new PlacementRecord(
                Samples.OWNER, Samples.OBJECT, 0, 1, List.of(Samples.BOX), List.of(), roots, roots),
            new PlacementRecord(
                Samples.OWNER,
                Samples.OBJECT,
                0,
                1,
                List.of(Samples.BOX, Samples.OTHER),
                List.of(),
                roots,
                none))) {
      assertThrows(RecordException.class, () -> PlacementRecord.decode(bad.encode()));
    }
    assertEquals(Samples.OBJECT.text() + "-12", PlacementRecord.name(Samples.OBJECT, 12));
  }

  @ParameterizedTest
  @CsvSource({"index, 255", "segment, 16777216", "length, 0", "length, 2147483649", "unit, 32"})
  void grantsAreBounded(String field, long value) throws CborException {
    PutGrant grant =
        new PutGrant(Samples.OWNER, Samples.BOX, Samples.PIECE, 1, 64, Samples.TIME, Samples.TIME);
    byte[] bytes = MapEdits.with(CborMap.parse(grant.encode()), field, value).toBytes();
    assertThrows(RecordException.class, () -> PutGrant.decode(bytes));
  }

  /** For ever is the year 9999's last second, and comes back as for ever. */
  @Test
  void forEverComesBack() throws RecordException {
    KeepRecord keep = new KeepRecord(Samples.OWNER, Samples.OBJECT, Instant.MAX);
    assertEquals(keep, KeepRecord.decode(keep.encode()));
    KeepRecord before = new KeepRecord(Samples.OWNER, Samples.OBJECT, Instant.MIN);
    assertEquals(Instant.EPOCH, KeepRecord.decode(before.encode()).until());
  }

  @Test
  void aMapComesBackWithItsDelegationsKeys() throws RecordException {
    BoxMap map = MapRecord.decode(MapRecord.encode(Samples.map()), Samples.DELEGATION);
    assertEquals(Samples.map().boxes(), map.boxes());
    assertEquals(Samples.map().contentKeys(), map.contentKeys());
    assertEquals(MapBox.State.values().length, map.boxes().size());
    assertEquals(
        List.of("north-1", 2, 77L), List.of(map.neighbourhood(), map.epoch(), map.version()));
  }

  @Test
  void aMapOfAnotherEpochIsRefused() {
    DelegationRecord later =
        new DelegationRecord(3, 1, Samples.TIME, Samples.fill(44, 1), List.of());
    RecordException thrown =
        assertThrows(
            RecordException.class, () -> MapRecord.decode(MapRecord.encode(Samples.map()), later));
    assertEquals("hearth/map of epoch 2 under a delegation of 3", thrown.getMessage());
  }

  @Test
  void aBoxTwiceInTheMapIsRefused() throws CborException {
    CborMap map = CborMap.parse(MapRecord.encode(Samples.map()));
    CborMap box = map.maps("boxes", 9).get(0);
    byte[] bytes = map.putMaps("boxes", List.of(box, box)).toBytes();
    assertThrows(RecordException.class, () -> MapRecord.decode(bytes, Samples.DELEGATION));
  }

  /** A full neighbourhood's map stays within what a signed record may take and is accepted. */
  @Test
  void theLargestMapIsAccepted() throws RecordException {
    MapBox model = Samples.map().boxes().get(0);
    java.util.List<MapBox> boxes = new java.util.ArrayList<>();
    for (int i = 0; i < MapRecord.MOST_BOXES; i++) {
      String id = tv.hearth.support.text.KeyIds.of(new byte[] {(byte) (i >> 8), (byte) i});
      boxes.add(
          new MapBox(
              new tv.hearth.api.value.BoxId(id),
              model.signingKey(),
              model.exchangeKey(),
              model.household(),
              model.householdKey(),
              model.location(),
              1,
              model.state(),
              model.model(),
              model.endpoints()));
    }
    BoxMap map = new BoxMap("n", 2, 1, Samples.TIME, boxes, java.util.Map.of());
    byte[] bytes = MapRecord.encode(map);
    assertTrue(bytes.length < 1 << 20, "bytes: " + bytes.length);
    assertEquals(boxes, MapRecord.decode(bytes, Samples.DELEGATION).boxes());
  }

  @Test
  void theClaimsProofIsOverALabelAndTheBody() {
    assertEquals(
        "82"
            + "74"
            + HexFormat.of()
                .formatHex(
                    "hearth/enrol-proof/1".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
            + "420102",
        HexFormat.of().formatHex(EnrolRequest.proofMessage(new byte[] {1, 2})));
    assertEquals(
        Bytes.of(KeyIds.sha256(new byte[] {1, 2})),
        Bytes.of(EnrolRequest.householdPayload(new byte[] {1, 2})));
  }
}
