package tv.hearth.tests.contracts.placement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.OwnerId;

/** Maps to test with; boxes are named by number. */
public final class MapSamples {
  private static final Bytes KEY = Bytes.of(new byte[32]);

  private MapSamples() {}

  /** Numbered from 0; ids in base32 that differ all over. */
  public static BoxId id(int number) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 32; i++) {
      text.append(
          "abcdefghijklmnopqrstuvwxyz234567".charAt((number * 7 + (number >> i % 8 * 4) + i) & 31));
    }
    String digits =
        String.format(Locale.ROOT, "%06d", number)
            .replace('0', 'o')
            .replace('1', 'l')
            .replace('8', 'b')
            .replace('9', 'g');
    return new BoxId(text.substring(0, 26) + digits);
  }

  /** An active box. */
  public static MapBox box(int number, String location, int weight) {
    return box(number, location, weight, MapBox.State.ACTIVE);
  }

  /** A box of any state. */
  public static MapBox box(int number, String location, int weight, MapBox.State state) {
    OwnerId household = new OwnerId(id(number).text());
    return new MapBox(
        id(number), KEY, KEY, household, KEY, location, weight, state, "model", List.of());
  }

  /** A map of these. */
  public static BoxMap map(List<MapBox> boxes) {
    return new BoxMap("test", 1, 1, Instant.MAX, boxes, Map.of());
  }

  /** Boxes of weight 100, each at a location of its own. */
  public static List<MapBox> apart(int count) {
    List<MapBox> boxes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boxes.add(box(i, "pid" + i, 100));
    }
    return boxes;
  }

  /** Boxes of weight 100, {@code each} to a location. */
  public static List<MapBox> clustered(int count, int each) {
    List<MapBox> boxes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boxes.add(box(i, "pid" + i / each, 100));
    }
    return boxes;
  }

  /** The key of a segment that the number names. */
  public static Bytes key(long number) {
    return Bytes.of(java.nio.ByteBuffer.allocate(8).putLong(number).array());
  }
}
