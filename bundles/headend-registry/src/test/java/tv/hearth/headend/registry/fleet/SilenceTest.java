package tv.hearth.headend.registry.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.support.text.KeyIds;

class SilenceTest {
  private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");
  private final Silence silence = new Silence(Duration.ofDays(30));

  private static FleetBox box(int number, MapBox.State state, long daysAgo, boolean online) {
    Bytes key = Bytes.of(new byte[] {(byte) number});
    return new FleetBox(
        new BoxId(KeyIds.of(key.toArray())),
        new FleetBox.Keys(key, key, key),
        "m",
        "p",
        100,
        state,
        1,
        List.of(),
        Instant.EPOCH,
        NOW.minus(Duration.ofDays(daysAgo)),
        online);
  }

  private boolean isOver(FleetBox box) {
    return !silence.over(List.of(box), NOW).isEmpty();
  }

  @Test
  void whoIsSilentLongerThanAllowedIsOver() {
    assertTrue(isOver(box(1, MapBox.State.ACTIVE, 31, false)));
    assertTrue(isOver(box(1, MapBox.State.LEAVING, 31, false)));
    assertFalse(isOver(box(1, MapBox.State.ACTIVE, 30, false)));
    assertFalse(isOver(box(1, MapBox.State.INGEST, 300, false)));
    assertFalse(isOver(box(1, MapBox.State.REMOVED, 300, false)));
    assertEquals(
        List.of(),
        new Silence(Duration.ZERO).over(List.of(box(1, MapBox.State.ACTIVE, 9_999, false)), NOW));
  }

  @Test
  void whatTheBrokerSaysCountsUntilACertificateMustHaveBeenRenewed() {
    assertFalse(isOver(box(1, MapBox.State.ACTIVE, 45, true)));
    assertTrue(isOver(box(1, MapBox.State.ACTIVE, 46, true)));
  }

  @Test
  void enrollingAndBeingAdmittedAgainAreSignsOfLife() {
    FleetBox gone = box(1, MapBox.State.ACTIVE, 300, false).removed(Departure.Why.OPERATOR, NOW);
    assertFalse(isOver(gone.admitted(MapBox.State.ACTIVE, NOW)));
    assertTrue(gone.admitted(MapBox.State.ACTIVE, NOW).isMember());
  }

  @Test
  void aTenthIsRemovedAtOnceTheLongestSilentFirst() {
    List<FleetBox> fleet = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      fleet.add(box(i, MapBox.State.ACTIVE, 100 + i, false));
    }
    List<FleetBox> over = silence.over(fleet, NOW);
    assertEquals(List.of(fleet.get(39), fleet.get(38), fleet.get(37), fleet.get(36)), over);
  }

  @Test
  void nobodyIsJudgedBeforeTheBrokerWasHeardForAWhile() {
    SilenceWatch watch = new SilenceWatch(silence);
    List<FleetBox> fleet = List.of(box(1, MapBox.State.ACTIVE, 300, false));
    assertFalse(watch.isDue(true, NOW));
    Instant heard = NOW.plus(SilenceWatch.LISTEN);
    assertTrue(watch.isDue(true, heard));
    assertFalse(watch.isDue(false, heard));
    assertFalse(watch.isDue(true, heard));
    Instant again = heard.plus(SilenceWatch.LISTEN);
    assertTrue(watch.isDue(true, again));
    List<FleetBox> judged = watch.judge(fleet, again);
    assertEquals(Departure.Why.SILENT, judged.get(0).departure().why());
    assertFalse(watch.isDue(true, again.plusSeconds(3_600)));
    assertTrue(watch.isDue(true, again.plus(Duration.ofDays(1))));
  }
}
