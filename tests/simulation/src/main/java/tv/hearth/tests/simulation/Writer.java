package tv.hearth.tests.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import tv.hearth.api.value.Bytes;
import tv.hearth.objects.core.Siblings;
import tv.hearth.objects.machine.CommitMachine;
import tv.hearth.support.cose.Sign1;
import tv.hearth.support.record.HeadRecord;

/** Writes the next head of a name from one box, as the bundle's shell does. */
final class Writer {
  private static final long AGAIN = 30 * Timeline.SECOND;
  private static final Instant EPOCH = Instant.ofEpochSecond(1_700_000_000);
  private final Timeline time;
  private final Replicas replicas;
  private final History history;
  private final Mutation mutation;
  private final Box box;
  private final int life;
  private final Name name;
  private final long value;
  private final CommitMachine machine;
  private final Runnable done;
  private final List<HeadRecord> offered = new ArrayList<>();

  Writer(
      Timeline time,
      Replicas replicas,
      History history,
      Mutation mutation,
      Box box,
      Name name,
      long value,
      Runnable done) {
    this.done = done;
    this.time = time;
    this.replicas = replicas;
    this.history = history;
    this.mutation = mutation;
    this.box = box;
    this.life = box.life;
    this.name = name;
    this.value = value;
    this.machine = CommitMachine.onWhatIsThere();
  }

  void begin() {
    carryOut(machine.start());
  }

  private void carryOut(CommitMachine.Action action) {
    if (box.life != life) {
      return;
    }
    if (action instanceof CommitMachine.Read) {
      replicas.read(
          box,
          name,
          false,
          reading -> carryOut(machine.found(Siblings.of(Heads.of(reading.records())).heads())),
          () -> {});
    } else if (action instanceof CommitMachine.Make) {
      HeadRecord head = next(((CommitMachine.Make) action).follows(), value);
      offered.add(head);
      carryOut(machine.made(head));
    } else if (action instanceof CommitMachine.Offer) {
      offer(((CommitMachine.Offer) action).head());
    } else if (action instanceof CommitMachine.Done) {
      history.acknowledged(name, ((CommitMachine.Done) action).head());
      done.run();
    } else {
      takeBack((CommitMachine.TakeBack) action);
    }
  }

  private HeadRecord next(List<HeadRecord> follows, long content) {
    HeadRecord head =
        Siblings.of(follows)
            .follower(name.owner(), name.nameId(), Heads.sealed(content), written());
    history.made(head);
    return head;
  }

  private Instant written() {
    return EPOCH.plusSeconds(time.now() / Timeline.SECOND);
  }

  private void offer(HeadRecord head) {
    Bytes record = signed(head);
    replicas.write(
        box,
        name,
        record,
        (isEnough, lack) -> {
          if (isEnough) {
            later(lack, record);
            carryOut(machine.acknowledged());
          } else {
            carryOut(machine.refused());
          }
        });
  }

  private void takeBack(CommitMachine.TakeBack action) {
    offered.forEach(history::refused);
    if (mutation == Mutation.NO_AFTERCARE) {
      return;
    }
    HeadRecord back = action.back(written());
    history.made(back);
    Bytes record = signed(back);
    replicas.write(box, name, record, (isEnough, lack) -> later(lack, record));
  }

  /** Errands outlive a crash: their journal is on the disk before the head is offered. */
  private void later(Set<Box> lack, Bytes record) {
    if (mutation != Mutation.NO_AFTERCARE) {
      lack.stream()
          .sorted(Comparator.comparingInt(each -> each.number))
          .forEach(to -> bring(to, record, new boolean[1]));
    }
  }

  private void bring(Box to, Bytes record, boolean[] isDone) {
    time.after(
        AGAIN,
        () -> {
          if (isDone[0]) {
            return;
          }
          if (box.isOn) {
            replicas.bring(box, to, name, record, done -> isDone[0] |= done);
          }
          bring(to, record, isDone);
        });
  }

  private static Bytes signed(HeadRecord head) {
    return Bytes.of(new Sign1(HeadRecord.TYPE, head.encode(), new byte[64]).encode());
  }
}
