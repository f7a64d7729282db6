package tv.hearth.headend.registry.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.support.level.Levels;
import tv.hearth.support.text.KeyIds;

class RaiseTest {
  private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");
  private static final Levels TWO = new Levels(1, 2);

  private static FleetBox box(int number, int reads, MapBox.State state) {
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
            NOW.minusSeconds(number),
            false)
        .at(2, List.of(), reads, NOW.minusSeconds(number));
  }

  private static final FleetBox NEW = box(1, 2, MapBox.State.ACTIVE);
  private static final FleetBox OLD = box(2, 1, MapBox.State.ACTIVE);
  private static final FleetBox OLDER = box(3, 1, MapBox.State.INGEST);

  private static Raise of(List<FleetBox> fleet, Set<BoxId> leave) {
    return Raise.of(1, TWO, fleet, leave, Optional.empty());
  }

  @Test
  void isPossibleOnceAllMembersReadIt() {
    assertTrue(of(List.of(NEW), Set.of()).isPossible());
    FleetBox removed = OLD.removed(Departure.Why.OPERATOR, NOW);
    assertTrue(of(List.of(NEW, removed), Set.of()).isPossible());
    Raise raise = of(List.of(NEW, OLD, OLDER), Set.of());
    assertFalse(raise.isPossible());
    assertEquals(List.of(OLDER, OLD), raise.hindrances(), "silent longest first");
  }

  @Test
  void whoIsLeftBehindIsNoMemberUntilItReadsTheLevel() {
    Raise raise = of(List.of(NEW, OLD), Set.of(OLD.id()));
    assertTrue(raise.isPossible());
    FleetBox left = raise.left(NOW).get(0);
    assertFalse(left.isMember());
    assertTrue(left.isServed());
    assertTrue(left.toMapBox(8).behind());
    assertFalse(left.at(3, List.of(), 1, NOW).hasCaughtUp(2));
    assertTrue(left.at(3, List.of(), 2, NOW).hasCaughtUp(2));
    assertFalse(NEW.hasCaughtUp(2), "a member never was behind");
  }

  @Test
  void nobodyIsLeftBehindForNothing() {
    assertTrue(
        of(List.of(NEW), Set.of(NEW.id())).refusal().orElseThrow().contains("reads level 2"));
    assertTrue(of(List.of(NEW), Set.of(OLD.id())).refusal().orElseThrow().contains("no member"));
  }

  @Test
  void notBeyondWhatTheHeadendKnowsNorWhileBoxesMayBeTakenBack() {
    Raise beyond = Raise.of(2, TWO, List.of(), Set.of(), Optional.empty());
    assertTrue(beyond.refusal().orElseThrow().contains("levels 1…2"), beyond.toString());
    Raise during = Raise.of(1, TWO, List.of(NEW), Set.of(), Optional.of("campaign 7 is open"));
    assertTrue(during.refusal().orElseThrow().startsWith("campaign 7 is open"));
  }
}
