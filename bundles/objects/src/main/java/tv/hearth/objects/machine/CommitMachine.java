package tv.hearth.objects.machine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tv.hearth.api.value.Bytes;
import tv.hearth.objects.core.Siblings;
import tv.hearth.support.record.HeadRecord;

/**
 * How the next head of a name is written. It is offered to the replicas; where too few take it,
 * once more, and then as the follower of what others wrote meanwhile and of itself, for a few have
 * it. What came to nothing in the end is followed by what was there before. So whoever is told "no"
 * never finds it later, and whoever is told "yes" has it at a quorum's replicas. One event has one
 * action; not thread-safe.
 */
public final class CommitMachine {
  /** What is to be done next. */
  public sealed interface Action {}

  /** Read which heads there are; then {@link #found}. */
  public record Read() implements Action {}

  /** Make a head that follows on these; then {@link #made}. */
  public record Make(List<HeadRecord> follows) implements Action {}

  /** Offer it to all replicas; then {@link #acknowledged} or {@link #refused}. */
  public record Offer(HeadRecord head) implements Action {}

  /** It is written. {@code before}: the heads that it followed on, none of its own among them. */
  public record Done(HeadRecord head, List<HeadRecord> before) implements Action {}

  /** It is not, and what a few replicas have of it is to be followed by what was there before. */
  public record TakeBack(HeadRecord head, List<HeadRecord> before) implements Action {
    /** What follows on it, and holds what was there before. */
    public HeadRecord back(Instant written) {
      Siblings was = Siblings.of(before);
      Bytes sealed = was.alive() ? was.heads().get(0).sealed() : Bytes.of(new byte[0]);
      return Siblings.of(List.of(head)).follower(head.owner(), head.nameId(), sealed, written);
    }
  }

  private final boolean isFixed;
  private List<HeadRecord> before;
  private HeadRecord head;
  private HeadRecord own;
  private int refusals;

  private CommitMachine(boolean isFixed, List<HeadRecord> before) {
    this.isFixed = isFixed;
    this.before = before;
  }

  /** On whatever is there when it is written. */
  public static CommitMachine onWhatIsThere() {
    return new CommitMachine(false, null);
  }

  /** On just these heads: what others write meanwhile becomes its sibling. */
  public static CommitMachine on(List<HeadRecord> heads) {
    return new CommitMachine(true, List.copyOf(heads));
  }

  /** Begins. */
  public Action start() {
    return isFixed ? new Make(before) : new Read();
  }

  /** The heads that there are now. */
  public Action found(List<HeadRecord> heads) {
    if (own == null) {
      before = List.copyOf(heads);
      return new Make(before);
    }
    List<HeadRecord> others = new ArrayList<>(before);
    others.addAll(heads);
    others.removeIf(each -> Siblings.hash(each).equals(Siblings.hash(own)));
    before = Siblings.of(others).heads();
    return follow();
  }

  /** The head that was asked for. */
  public Action made(HeadRecord made) {
    head = made;
    return new Offer(made);
  }

  /** Enough replicas have it. */
  public Action acknowledged() {
    return new Done(head, before);
  }

  /** Too few took it. */
  public Action refused() {
    refusals++;
    if (refusals % 2 == 1) {
      return new Offer(head);
    } else if (own != null) {
      return new TakeBack(head, before);
    }
    own = head;
    return isFixed ? follow() : new Read();
  }

  private Action follow() {
    List<HeadRecord> all = new ArrayList<>(before);
    all.add(own);
    return new Make(Siblings.of(all).heads());
  }
}
