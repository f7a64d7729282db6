package tv.hearth.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.OwnerId;

class MapSharesTest {
  private static final double HOUSEHOLD = 0.02;
  private static final double AUTHORITY = 0.5;
  private static final BoxId BOX = new BoxId("a".repeat(32));
  private static final OwnerId FIRST = new OwnerId("b".repeat(32));
  private static final OwnerId SECOND = new OwnerId("c".repeat(32));
  private static final OwnerId CONTENT = new OwnerId("d".repeat(32));

  private Optional<BoxMap> map = Optional.empty();
  private final MapShares shares = new MapShares(() -> map, HOUSEHOLD, AUTHORITY);

  private void map(long version, OwnerId household, MapBox.State state) {
    Bytes key = Bytes.of(new byte[32]);
    MapBox box = new MapBox(BOX, key, key, household, key, "pid-1", 1, state, "test", List.of());
    map =
        Optional.of(
            new BoxMap("test", 1, version, Instant.MAX, List.of(box), Map.of(CONTENT, key)));
  }

  @Test
  void anAuthorityHasItsShareAsSoonAsTheMapNamesIt() {
    assertEquals(HOUSEHOLD, shares.of(CONTENT));
    map(1, FIRST, MapBox.State.ACTIVE);
    assertEquals(AUTHORITY, shares.of(CONTENT));
    assertEquals(HOUSEHOLD, shares.of(FIRST));
    assertEquals(HOUSEHOLD, shares.of(SECOND), "a stranger has no more than a household");
  }

  /** So that a new household key is no new share: both are of one box. */
  @Test
  void aHouseholdIsOfTheBoxThatTheMapInForceGivesIt() {
    assertEquals(Optional.empty(), shares.box(FIRST));
    map(1, FIRST, MapBox.State.ACTIVE);
    assertEquals(Optional.of(BOX), shares.box(FIRST));
    map(2, SECOND, MapBox.State.ACTIVE);
    assertEquals(Optional.of(BOX), shares.box(SECOND));
    assertEquals(Optional.empty(), shares.box(FIRST), "what the last map said is over");
    assertEquals(Optional.empty(), shares.box(CONTENT), "an authority is of no box");
  }

  @Test
  void whoLeftHasNoBox() {
    map(1, FIRST, MapBox.State.REMOVED);
    assertEquals(Optional.empty(), shares.box(FIRST));
    map(2, FIRST, MapBox.State.LEAVING);
    assertEquals(Optional.of(BOX), shares.box(FIRST));
  }
}
