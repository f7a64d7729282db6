package tv.hearth.objects.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReplicaRoundTest {
  private static final ReadRound.How SURE = new ReadRound.How(100, 1_000, true);
  private static final ReadRound.How SOME = new ReadRound.How(100, 1_000, false);

  @Test
  void aWriteGivesTheOthersAMomentOnceThereAreEnough() {
    WriteRound write = new WriteRound(4, 2, 50, 1_000);
    assertEquals(List.of(0, 1, 2, 3), write.start(10));
    assertEquals(1_000, write.wakeIn(10));
    write.answered(0, true, 20);
    write.answered(3, true, 30);
    assertTrue(write.isAcknowledged());
    assertFalse(write.isOver());
    assertEquals(50, write.wakeIn(30));
    write.tick(80);
    assertTrue(write.isOver());
    assertEquals(-1, write.wakeIn(80));
  }

  @Test
  void aWriteEndsWhenNobodyIsLeftOrItsTimeIsOver() {
    WriteRound write = new WriteRound(2, 2, 50, 1_000);
    write.start(0);
    write.failed(0, 5);
    assertFalse(write.isOver());
    write.answered(1, true, 6);
    assertTrue(write.isOver());
    assertFalse(write.isAcknowledged());

    WriteRound slow = new WriteRound(2, 2, 50, 1_000);
    slow.start(0);
    slow.answered(0, true, 999);
    slow.tick(1_000);
    assertTrue(slow.isOver());
    assertTrue(slow.isSilent(1));
  }

  @Test
  void aWriteToNobodyIsOverAtOnce() {
    WriteRound write = new WriteRound(0, 0, 50, 1_000);
    assertEquals(List.of(), write.start(0));
    assertTrue(write.isOver());
  }

  @Test
  void aReadIsCertainWithAQuorumAndEndsThere() {
    ReadRound read = new ReadRound(5, 5, 3, false, SURE);
    assertEquals(5, read.start(0).size());
    read.answered(0, false, 1);
    read.answered(1, true, 2);
    assertFalse(read.isOver());
    read.answered(2, false, 3);
    assertTrue(read.isOver());
    assertTrue(read.isCertain());
  }

  @Test
  void whoHasFoundItWaitsNoLongerThanItsPatience() {
    ReadRound read = new ReadRound(5, 5, 3, false, SURE);
    read.start(0);
    read.answered(1, true, 40);
    assertEquals(60, read.wakeIn(40));
    read.tick(100);
    assertTrue(read.isOver());
    assertFalse(read.isCertain());

    ReadRound own = new ReadRound(5, 5, 3, true, SURE);
    own.start(0);
    assertEquals(100, own.wakeIn(0));
  }

  @Test
  void whereNobodyHasItThoseWhoWereSilentAreAskedToo() {
    ReadRound read = new ReadRound(5, 2, 4, false, SURE);
    assertEquals(List.of(0, 1), read.start(0));
    read.answered(0, false, 10);
    assertEquals(List.of(2, 3, 4), read.answered(1, false, 20));
    read.answered(2, false, 30);
    read.failed(3, 40);
    assertEquals(List.of(), read.tick(1_019));
    assertFalse(read.isOver());
    read.tick(1_020);
    assertTrue(read.isOver());
    assertFalse(read.isCertain());
  }

  @Test
  void aSilentFirstGroupIsGivenUpForTheOthersAfterItsPatience() {
    ReadRound read = new ReadRound(4, 2, 3, false, SURE);
    read.start(0);
    assertEquals(100, read.wakeIn(0));
    assertEquals(List.of(2, 3), read.tick(100));
    assertEquals(List.of(), read.answered(2, true, 110));
    assertEquals(90, read.wakeIn(110));
    read.tick(200);
    assertTrue(read.isOver());
  }

  @Test
  void whoOnlyWritesOnWhatIsThereTakesTheFirstWord() {
    ReadRound read = new ReadRound(4, 2, 3, false, SOME);
    read.start(0);
    read.tick(100);
    assertFalse(read.isOver());
    read.answered(0, false, 150);
    assertTrue(read.isOver());
  }

  @Test
  void wavesGrowWhileNobodyHasIt() {
    WaveRound round = new WaveRound(5, 2, 100, 1_000);
    assertEquals(List.of(0, 1), round.start(0));
    assertEquals(100, round.wakeIn(0));
    assertEquals(List.of(), round.failed(0, 10));
    assertEquals(List.of(2, 3), round.answered(1, false, 20));
    assertEquals(List.of(4), round.tick(120));
    assertEquals(880, round.wakeIn(120));
    round.answered(4, true, 130);
    assertTrue(round.isFound());
    assertTrue(round.isOver());
  }

  @Test
  void wavesEndWithTheLastOrWithTheTime() {
    WaveRound none = new WaveRound(1, 3, 100, 1_000);
    none.start(0);
    none.answered(0, false, 5);
    assertTrue(none.isOver());
    assertFalse(none.isFound());

    WaveRound slow = new WaveRound(1, 3, 100, 1_000);
    slow.start(0);
    assertEquals(1_000, slow.wakeIn(0));
    slow.tick(1_000);
    assertTrue(slow.isOver());
    slow.answered(0, true, 1_001);
    assertFalse(slow.isFound(), "what comes late changes nothing");
  }
}
