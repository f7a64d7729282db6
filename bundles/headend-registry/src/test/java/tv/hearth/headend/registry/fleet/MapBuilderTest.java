package tv.hearth.headend.registry.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
    List<MapBox> first = MapBuilder.boxes(fleet);
    Collections.shuffle(fleet, new Random(3));
    assertEquals(first, MapBuilder.boxes(fleet));
  }

  @Test
  void theLargestNeighbourhoodFitsASignedRecordWhateverItAnnounces() {
    List<FleetBox> fleet = new ArrayList<>();
    for (int i = 0; i < MapRecord.MOST_BOXES; i++) {
      fleet.add(box(i, MapBox.State.ACTIVE, "h".repeat(253), 8));
    }
    List<MapBox> boxes = MapBuilder.boxes(fleet);
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
    int real = encoded(MapBuilder.boxes(fleet)).length;
    assertTrue(real <= MapBuilder.size(fleet, 8) + 256, real + " bytes");
  }

  @Test
  void removedBoxesStayWithoutEndpointsAndGiveWayToMembers() {
    FleetBox removed = box(1, MapBox.State.REMOVED, "::1", 2);
    MapBox shown = MapBuilder.boxes(List.of(removed)).get(0);
    assertEquals(MapBox.State.REMOVED, shown.state());
    assertEquals(List.of(), shown.endpoints());
    List<FleetBox> fleet = new ArrayList<>(List.of(removed));
    for (int i = 2; i < MapRecord.MOST_BOXES + 2; i++) {
      fleet.add(box(i, MapBox.State.ACTIVE, "::1", 1));
    }
    List<MapBox> boxes = MapBuilder.boxes(fleet);
    assertEquals(MapRecord.MOST_BOXES, boxes.size());
    assertTrue(boxes.stream().allMatch(MapBox::isMember));
  }
}
