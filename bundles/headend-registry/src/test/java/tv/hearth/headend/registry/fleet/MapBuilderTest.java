package tv.hearth.headend.registry.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.neighbourhood.Endpoint;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.support.cose.Sign1;
import tv.hearth.support.record.MapRecord;
import tv.hearth.support.text.KeyIds;

class MapBuilderTest {
  private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");

  private static FleetBox box(int number, MapBox.State state, String host, int endpoints) {
    byte[] key = new byte[44];
    key[0] = (byte) number;
    key[1] = (byte) (number >> 8);
    Bytes signing = Bytes.of(key);
    List<Endpoint> at = new ArrayList<>();
    for (int i = 0; i < endpoints; i++) {
      at.add(new Endpoint("direct6", host, 1 + i));
    }
    return new FleetBox(
        new BoxId(KeyIds.of(key)),
        new FleetBox.Keys(signing, Bytes.of(new byte[32]), signing),
        "m".repeat(64),
        "p".repeat(64),
        100,
        state,
        1,
        at,
        Instant.ofEpochSecond(number),
        Instant.EPOCH,
        false);
  }

  private static byte[] encoded(List<MapBox> boxes) {
    return MapRecord.encode(new BoxMap("hamlet", 0, 1, Instant.EPOCH, boxes, Map.of()));
  }

  @Test
  void equalFleetsGiveEqualMapsInAnyOrder() {
    List<FleetBox> fleet = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      fleet.add(box(i, MapBox.State.ACTIVE, "::1", 2));
    }
    List<MapBox> first = MapBuilder.boxes(fleet, NOW);
    Collections.shuffle(fleet, new Random(3));
    assertEquals(first, MapBuilder.boxes(fleet, NOW));
  }

  @Test
  void theLargestNeighbourhoodFitsASignedRecordWhateverItAnnounces() {
    List<FleetBox> fleet = new ArrayList<>();
    for (int i = 0; i < MapRecord.MOST_BOXES; i++) {
      fleet.add(box(i, MapBox.State.ACTIVE, "h".repeat(253), 8));
    }
    List<MapBox> boxes = MapBuilder.boxes(fleet, NOW);
    assertEquals(MapRecord.MOST_BOXES, boxes.size());
    int size = encoded(boxes).length;
    assertTrue(size < Sign1.MAX - 256, size + " bytes");
  }

  @Test
  void anEstimateIsNeverBelowWhatABoxTakes() {
    List<FleetBox> fleet = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      fleet.add(box(i, MapBox.State.LEAVING, "2001:db8::1", 8));
    }
    int real = encoded(MapBuilder.boxes(fleet, NOW)).length;
    assertTrue(real <= MapBuilder.size(fleet, 8) + 256, real + " bytes");
  }

  @Test
  void removedBoxesStayWithoutEndpointsAndGiveWayToMembers() {
    FleetBox removed = box(1, MapBox.State.REMOVED, "::1", 2);
    MapBox shown = MapBuilder.boxes(List.of(removed), NOW).get(0);
    assertEquals(MapBox.State.REMOVED, shown.state());
    assertEquals(List.of(), shown.endpoints());
    List<FleetBox> fleet = new ArrayList<>(List.of(removed));
    for (int i = 2; i < MapRecord.MOST_BOXES + 2; i++) {
      fleet.add(box(i, MapBox.State.ACTIVE, "::1", 1));
    }
    List<MapBox> boxes = MapBuilder.boxes(fleet, NOW);
    assertEquals(MapRecord.MOST_BOXES, boxes.size());
    assertTrue(boxes.stream().allMatch(MapBox::isMember));
  }

  @Test
  void whoWasReplacedIsInNoMapAndTheSilentAreShownForAMonth() {
    FleetBox member = box(1, MapBox.State.ACTIVE, "::1", 1);
    FleetBox replaced = box(2, MapBox.State.ACTIVE, "::1", 1);
    FleetBox silent = box(3, MapBox.State.ACTIVE, "::1", 1);
    FleetBox stolen = box(4, MapBox.State.ACTIVE, "::1", 1);
    List<FleetBox> fleet =
        List.of(
            member,
            replaced.removed(Departure.Why.REPLACED, NOW),
            silent.removed(Departure.Why.SILENT, NOW),
            stolen.removed(Departure.Why.OPERATOR, NOW));
    assertEquals(3, MapBuilder.boxes(fleet, NOW).size());
    List<MapBox> later = MapBuilder.boxes(fleet, NOW.plus(MapBuilder.SHOWN));
    assertEquals(Set.of(member.id(), stolen.id()), ids(later));
  }

  private static Set<BoxId> ids(List<MapBox> boxes) {
    return boxes.stream().map(MapBox::id).collect(Collectors.toSet());
  }
}
