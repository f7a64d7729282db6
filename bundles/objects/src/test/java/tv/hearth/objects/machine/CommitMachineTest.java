package tv.hearth.objects.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.OwnerId;
import tv.hearth.objects.core.Siblings;
import tv.hearth.objects.machine.CommitMachine.Done;
import tv.hearth.objects.machine.CommitMachine.Make;
import tv.hearth.objects.machine.CommitMachine.Offer;
import tv.hearth.objects.machine.CommitMachine.Read;
import tv.hearth.objects.machine.CommitMachine.TakeBack;
import tv.hearth.support.record.HeadRecord;

class CommitMachineTest {
  private static final HeadRecord OLD = head(0, List.of());
  private int made;

  private static HeadRecord head(int seed, List<HeadRecord> follows) {
    Siblings siblings = Siblings.of(follows);
    return new HeadRecord(
        new OwnerId("a".repeat(32)),
        Bytes.of(new byte[32]),
        siblings.nextRevision(),
        siblings.nextParents(),
        false,
        Bytes.of(new byte[] {(byte) seed}),
        Instant.ofEpochSecond(1_000 + seed));
  }

  private Offer make(CommitMachine machine, CommitMachine.Action action) {
    return (Offer) machine.made(head(++made, ((Make) action).follows()));
  }

  @Test
  void whatEnoughReplicasTookIsDone() {
    CommitMachine machine = CommitMachine.onWhatIsThere();
    assertEquals(new Read(), machine.start());
    Offer offer = make(machine, machine.found(List.of(OLD)));
    assertEquals(new Done(offer.head(), List.of(OLD)), machine.acknowledged());
  }

  @Test
  void tooFewAreAskedOnceMoreWithTheSameHead() {
    CommitMachine machine = CommitMachine.on(List.of());
    Offer offer = make(machine, machine.start());
    assertEquals(offer, machine.refused());
    assertEquals(new Done(offer.head(), List.of()), machine.acknowledged());
  }

  @Test
  void thenItFollowsOnWhatOthersWroteAndOnItself() {
    CommitMachine machine = CommitMachine.onWhatIsThere();
    machine.start();
    Offer first = make(machine, machine.found(List.of(OLD)));
    machine.refused();
    assertEquals(new Read(), machine.refused());
    HeadRecord others = head(100, List.of(OLD));
    Make again = (Make) machine.found(List.of(others, first.head()));
    assertEquals(2, again.follows().size(), "the other's head and its own are both settled by it");
    Offer last = make(machine, again);
    Done done = (Done) machine.acknowledged();
    assertEquals(last.head(), done.head());
    assertEquals(List.of(others), done.before(), "its own attempt is no version before");
    assertFalse(done.before().contains(first.head()));
  }

  @Test
  void whatCameToNothingIsFollowedByWhatWasThere() {
    CommitMachine machine = CommitMachine.on(List.of(OLD));
    make(machine, machine.start());
    machine.refused();
    Offer last = make(machine, machine.refused());
    assertEquals(last, machine.refused());
    assertEquals(new TakeBack(last.head(), List.of(OLD)), machine.refused());
  }
}
