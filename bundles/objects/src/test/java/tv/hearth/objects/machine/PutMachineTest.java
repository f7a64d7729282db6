package tv.hearth.objects.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tv.hearth.api.transfer.TransferException;
import tv.hearth.api.transfer.TransferException.Problem;
import tv.hearth.api.value.BoxId;
import tv.hearth.objects.core.CodeShape;
import tv.hearth.objects.machine.PutAction.Cancel;
import tv.hearth.objects.machine.PutAction.Fail;
import tv.hearth.objects.machine.PutAction.Free;
import tv.hearth.objects.machine.PutAction.GivenUp;
import tv.hearth.objects.machine.PutAction.Lied;
import tv.hearth.objects.machine.PutAction.Remake;
import tv.hearth.objects.machine.PutAction.Send;
import tv.hearth.objects.machine.PutAction.Stored;
import tv.hearth.objects.machine.PutAction.Suspect;
import tv.hearth.objects.machine.PutAction.WantReceipt;
import tv.hearth.vendor.objects.ObjectFailure;

/** Two of four pieces restore, three must be stored; five stripes in batches of two. */
class PutMachineTest {
  private static final long UNIT = 65_536;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final List<BoxId> BOXES = IntStream.range(0, 6).mapToObj(PutTrial::box).toList();
  private final List<PutAction> said = new ArrayList<>();
  private PutMachine machine = machine(2, 2);

  private static PutMachine machine(int spares, int buffers) {
    CodeShape shape = new CodeShape(2, 4, 3);
    PutPlan plan =
        new PutPlan(7, shape, BOXES.subList(0, 4), BOXES.subList(4, 4 + spares), 5, 2, buffers);
    return new PutMachine(plan, new PutRules(shape, RetrySchedule.USUAL), 0);
  }

  private static TransferException why(Problem problem) {
    return new TransferException(problem, "as the test wants");
  }

  private <T extends PutAction> List<T> of(Class<T> kind, List<PutAction> actions) {
    said.addAll(actions);
    return actions.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private <T extends PutAction> T one(Class<T> kind, List<PutAction> actions) {
    List<T> found = of(kind, actions);
    assertEquals(1, found.size(), () -> "in " + actions);
    return found.get(0);
  }

  private List<Send> ready(long now) {
    return of(Send.class, machine.batchReady(now));
  }

  /** All take all, but for these lanes; returns what they got last. */
  private Map<Integer, Send> allBut(Set<Integer> lanes, long now) {
    Map<Integer, Send> open = new TreeMap<>();
    for (int batch = 0; batch < 3; batch++) {
      ready(now).forEach(send -> open.put(send.lane(), send));
      for (int lane : IntStream.range(0, 4).filter(each -> !lanes.contains(each)).toArray()) {
        Send send = open.remove(lane);
        of(Send.class, machine.written(send.call(), Math.min(5, 2 * batch + 2) * UNIT, now));
      }
    }
    return open;
  }

  private List<PutAction> sign(int lane, long now) {
    return machine.receiptGood(lane, machine.holders().get(lane), now);
  }

  @Test
  void eachGetsItsChunksInOrderAndOneAtATime() {
    List<Send> first = ready(1);
    assertEquals(
        List.of(0, 1, 2, 3), first.stream().map(Send::lane).toList(), "not all began at once");
    assertEquals(List.of(), ready(2), "a second chunk while the first is under way");
    Send next = one(Send.class, machine.written(first.get(1).call(), 2 * UNIT, 3));
    assertEquals(1, next.lane());
    assertEquals(1, next.batch());
    assertEquals(BOXES.get(1), next.holder());
    assertEquals(List.of(), machine.written(next.call(), 4 * UNIT, 4), "no third batch yet");
  }

  @Test
  void aBufferIsFreeOnceAllHaveItsBatch() {
    List<Send> first = ready(1);
    for (Send send : first.subList(0, 3)) {
      assertEquals(List.of(), machine.written(send.call(), 2 * UNIT, 2));
    }
    assertEquals(List.of(new Free(0, 2)), machine.written(first.get(3).call(), 2 * UNIT, 3));
  }

  @Test
  void isStoredOnceAllAreAndNotBefore() {
    allBut(Set.of(), 1);
    assertEquals(4, said.stream().filter(WantReceipt.class::isInstance).count());
    assertTrue(said.contains(new Free(2, 1)), "the last batch has one stripe");
    for (int lane = 0; lane < 3; lane++) {
      assertEquals(List.of(), sign(lane, 2));
    }
    assertEquals(List.of(new Stored(4)), sign(3, 3));
    assertTrue(machine.isOver());
    assertEquals(-1, machine.wakeIn(4));
    assertEquals(List.of(), machine.closing(), "it is over");
  }

  @Test
  void whoTookNothingIsReplacedAtOnce() {
    Send first = ready(1).get(2);
    ready(1);
    List<PutAction> actions = machine.failed(first.call(), why(Problem.UNREACHABLE), 2);
    assertEquals(
        List.of(
            new Suspect(BOXES.get(2)),
            new GivenUp(2, BOXES.get(2), Problem.UNREACHABLE),
            new Send(5, 2, BOXES.get(4), 0)),
        actions);
    assertEquals(List.of(BOXES.get(5)), machine.spares());
    assertTrue(machine.touched().containsAll(BOXES.subList(0, 5)));
    assertEquals(List.of(), machine.written(first.call(), 2 * UNIT, 3), "it is not awaited");
  }

  @Test
  void whoTookSomethingIsNotReplacedInTheMiddle() {
    Send first = ready(1).get(0);
    ready(1);
    Send second = one(Send.class, machine.written(first.call(), 2 * UNIT, 2));
    List<PutAction> actions = machine.failed(second.call(), why(Problem.NO_ROOM), 3);
    assertEquals(List.of(new GivenUp(0, BOXES.get(0), Problem.NO_ROOM)), actions);
    assertEquals(2, machine.spares().size());
  }

  @Test
  void whoeverIsBusyIsLeftAloneAndAskedAgain() {
    Send send = ready(1).get(0);
    assertEquals(List.of(), machine.failed(send.call(), why(Problem.BUSY), 2));
    assertEquals(200_000_000, machine.wakeIn(2));
    assertEquals(List.of(), ready(3), "a new batch goes to who rests");
    assertEquals(List.of(), machine.tick(200_000_001));
    Send again = one(Send.class, machine.tick(200_000_002));
    assertEquals(new Send(again.call(), 0, BOXES.get(0), 0), again);
  }

  @Test
  void thePauseGrowsAndEnds() {
    long now = 1;
    Send send = ready(now).get(0);
    for (int times = 1; times <= 10; times++) {
      assertEquals(List.of(), machine.failed(send.call(), why(Problem.NOT_READY), now));
      long pause = Math.min(2 * SECOND, 100_000_000L << times);
      assertEquals(pause, machine.wakeIn(now), "after " + times);
      now += pause;
      send = one(Send.class, machine.tick(now));
    }
    assertEquals(1, of(GivenUp.class, machine.failed(send.call(), why(Problem.BUSY), now)).size());
  }

  @Test
  void anotherHolderDoesNotRest() {
    Send send = ready(1).get(0);
    machine.failed(send.call(), why(Problem.BUSY), 2);
    Send again = one(Send.class, machine.tick(SECOND));
    List<PutAction> actions = machine.failed(again.call(), why(Problem.REFUSED), SECOND);
    assertEquals(BOXES.get(4), one(Send.class, actions).holder());
  }

  @Test
  void whoWroteLessThanItGotIsGivenUp() {
    Send send = ready(1).get(0);
    List<PutAction> actions = machine.written(send.call(), 2 * UNIT - 1, 2);
    assertEquals(Problem.PROTOCOL, one(GivenUp.class, actions).why());
  }

  @Test
  void aLaggardIsGivenUpOnceSomebodyWaitsAndTheOthersSuffice() {
    List<Send> first = ready(0);
    for (Send send : first.subList(0, 3)) {
      machine.written(send.call(), 2 * UNIT, SECOND);
    }
    assertEquals(
        PutRules.STANDSTILL + 1, machine.wakeIn(SECOND), "there is a buffer left: nobody waits");
    ready(SECOND);
    long late = 4 * SECOND + 1;
    assertEquals(3 * SECOND + 1, machine.wakeIn(SECOND), "three times what the others took");
    assertEquals(List.of(), machine.tick(late - 1));
    List<PutAction> actions = machine.tick(late);
    assertEquals(
        List.of(
            new GivenUp(3, BOXES.get(3), Problem.TIMEOUT),
            new Cancel(first.get(3).call()),
            new Free(0, 2)),
        actions);
    assertFalse(machine.awaits(first.get(3).call()));
  }

  @Test
  void laggardsAreWaitedForWhereTheOthersDoNotSuffice() {
    List<Send> first = ready(0);
    ready(0);
    machine.written(first.get(0).call(), 2 * UNIT, 1);
    machine.written(first.get(1).call(), 2 * UNIT, 1);
    assertEquals(List.of(), machine.tick(60 * SECOND));
    machine.written(first.get(2).call(), 2 * UNIT, 60 * SECOND);
    assertEquals(1, of(GivenUp.class, machine.tick(400 * SECOND)).size());
  }

  @Test
  void whoeverLiesIsGivenUpAndItsPieceMadeAgain() {
    allBut(Set.of(), 1);
    IntStream.range(0, 3).forEach(lane -> sign(lane, 2));
    List<PutAction> actions = machine.receiptBad(3, BOXES.get(3), "another root", 3);
    TreeMap<Integer, BoxId> sources = new TreeMap<>();
    IntStream.range(0, 3).forEach(lane -> sources.put(lane, BOXES.get(lane)));
    assertEquals(
        List.of(
            new Lied(BOXES.get(3)),
            new GivenUp(3, BOXES.get(3), Problem.PROTOCOL),
            new Remake(3, BOXES.get(4), sources)),
        actions);
    Remake next = one(Remake.class, machine.remakeFailed(3, BOXES.get(4), why(Problem.DISK), 4));
    assertEquals(BOXES.get(5), next.holder());
    assertEquals(List.of(), machine.receiptGood(3, BOXES.get(4), 5), "it was not to be had");
    assertEquals(List.of(new Stored(4)), sign(3, 6));
  }

  @Test
  void enoughAreStoredThoughOneIsNotToBeMadeAgain() {
    machine = machine(0, 3);
    Send open = allBut(Set.of(1), 1).get(1);
    machine.failed(open.call(), why(Problem.REFUSED), 2);
    sign(0, 3);
    sign(2, 3);
    assertEquals(List.of(new Stored(3)), sign(3, 3));
  }

  @Test
  void tooFewHoldersAreNoRoomWhereThatIsAllThatIsWrong() {
    machine = machine(0, 2);
    List<Send> first = ready(1);
    machine.failed(first.get(0).call(), why(Problem.NO_ROOM), 2);
    List<PutAction> actions = machine.failed(first.get(1).call(), why(Problem.NO_ROOM), 3);
    Fail fail = one(Fail.class, actions);
    assertEquals(ObjectFailure.Problem.NO_ROOM, fail.problem());
    assertTrue(
        fail.text().startsWith("only 2 of 4 holders take segment 7, 3 are needed: no room at"),
        fail.text());
    assertEquals(2, of(Cancel.class, actions).size(), "the others are not told");
  }

  @Test
  void nothingMovesForTooLong() {
    List<Send> first = ready(0);
    ready(0);
    machine.written(first.get(0).call(), 2 * UNIT, 1);
    assertEquals(PutRules.STANDSTILL + 1, machine.wakeIn(1));
    assertEquals(List.of(), machine.tick(PutRules.STANDSTILL + 1));
    Fail fail = one(Fail.class, machine.tick(PutRules.STANDSTILL + 2));
    assertEquals(ObjectFailure.Problem.TOO_FEW_BOXES, fail.problem());
    assertTrue(fail.text().startsWith("no holder took a byte for too long"), fail.text());
  }

  @Test
  void aSourceThatIsSlowIsNoStandstill() {
    ready(0).forEach(send -> machine.written(send.call(), 2 * UNIT, 1));
    assertEquals(-1, machine.wakeIn(1), "nobody owes anything");
    assertEquals(List.of(), machine.tick(1000 * SECOND));
    assertEquals(4, ready(1000 * SECOND).size());
  }

  @Test
  void closingCancelsWhatIsUnderWay() {
    ready(1);
    List<PutAction> actions = machine.closing();
    assertEquals(4, of(Cancel.class, actions).size());
    assertEquals(ObjectFailure.Problem.NOT_READY, one(Fail.class, actions).problem());
    assertEquals(List.of(), machine.batchReady(2), "it is over");
  }

  @Test
  void thereAreNoMoreBatchesThanPlanned() {
    IntStream.range(0, 3).forEach(i -> ready(i));
    assertThrows(IllegalStateException.class, () -> machine.batchReady(4));
    CodeShape shape = new CodeShape(2, 4, 3);
    List<BoxId> twice = List.of(BOXES.get(0), BOXES.get(0), BOXES.get(1), BOXES.get(2));
    assertThrows(
        IllegalArgumentException.class, () -> new PutPlan(0, shape, twice, List.of(), 1, 1, 1));
  }
}
