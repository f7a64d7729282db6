package tv.hearth.support.replica;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import tv.hearth.api.value.Bytes;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cose.Sign1;
import tv.hearth.support.record.HeadRecord;
import tv.hearth.support.record.RecordException;

/**
 * Which records a replica keeps under a key when another one comes. Pure. Of descriptors and
 * tombstones the first stays, for it says it all; of placements, grants and roots the greatest
 * version. Each kept head is, seen from the new one:
 *
 * <ol>
 *   <li>its parent: it goes;
 *   <li>its child: the new one is old and is not kept, but its own parents go;
 *   <li>of the same revision, or with a parent in common: written at the same time, both stay;
 *   <li>of a higher revision: the new one is old (a replay, or a writer who saw little), unless it
 *       follows on another head that is kept here: then it is news, and both stay;
 *   <li>of a lower revision: it stays as a sibling, for whoever wrote the new one had not seen it;
 *       but for one so far behind ({@link HeadRecord#MOST_SIBLINGS} revisions) that the new one
 *       could not name it among its ancestors any more: it goes.
 * </ol>
 *
 * <p>So a head that was acknowledged goes for nothing but one that follows on it.
 *
 * <p>A revision is one more than the greatest of its parents, so an ancestor's is always lower.
 *
 * <p>Of a kind that this software does not know the greatest revision stays, and of the same
 * revision all, up to eight. Records of a newer version of a kind are weighed by their envelope.
 */
public final class ReplicaRules {
  private ReplicaRules() {}

  /**
   * What is to be kept from now on; the same list where it is there already.
   *
   * @param next of {@code signed}
   * @param kept accepted before; what has not even an envelope is replaced
   * @throws NotKeptException where something newer is kept, or it can't follow on what is
   */
  public static List<Bytes> merge(Envelope next, Bytes signed, List<Bytes> kept)
      throws NotKeptException {
    if (kept.contains(signed)) {
      return kept;
    }
    return switch (next.key().kind()) {
      case DESCRIPTOR, TOMBSTONE -> kept.isEmpty() ? List.of(signed) : kept;
      case PLACEMENT, KEY_GRANT, ROOT -> newest(next, signed, kept);
      case HEAD -> heads(next, signed, kept);
      default -> siblings(next, signed, kept);
    };
  }

  private static List<Bytes> newest(Envelope next, Bytes signed, List<Bytes> kept)
      throws NotKeptException {
    for (Kept old : read(next, kept)) {
      if (old.envelope().revision() >= next.revision()) {
        throw newer(next, old);
      }
    }
    return List.of(signed);
  }

  private static List<Bytes> siblings(Envelope next, Bytes signed, List<Bytes> kept)
      throws NotKeptException {
    List<Bytes> stay = new ArrayList<>();
    for (Kept old : read(next, kept)) {
      if (old.envelope().revision() > next.revision()) {
        throw newer(next, old);
      }
      if (old.envelope().revision() == next.revision()) {
        stay.add(old.signed());
      }
    }
    return with(stay, signed);
  }

  private static List<Bytes> heads(Envelope next, Bytes signed, List<Bytes> kept)
      throws NotKeptException {
    List<Kept> heads = read(next, kept);
    List<Bytes> stay = new ArrayList<>();
    boolean follows =
        heads.stream().anyMatch(head -> next.parents().contains(head.envelope().hash()));
    Optional<Kept> child =
        heads.stream().filter(head -> head.envelope().parents().contains(next.hash())).findFirst();
    if (child.isPresent() && !follows) {
      throw newer(next, child.get());
    }
    for (Kept head : heads) {
      if (stays(next, head, follows)) {
        stay.add(head.signed());
      }
    }
    return child.isPresent() ? stay : with(stay, signed);
  }

  private static boolean stays(Envelope next, Kept head, boolean follows) throws NotKeptException {
    Envelope old = head.envelope();
    if (next.parents().contains(old.hash())) {
      if (old.revision() >= next.revision()) {
        throw new NotKeptException(false, "a head's revision is more than that of its parents");
      }
      return false;
    }
    boolean sibling =
        old.revision() == next.revision()
            || old.parents().isEmpty() && next.parents().isEmpty()
            || !Collections.disjoint(old.parents(), next.parents());
    if (!sibling && !follows && old.revision() > next.revision()) {
      throw newer(next, head);
    }
    return sibling || old.revision() >= next.revision() - HeadRecord.MOST_SIBLINGS;
  }

  private static List<Bytes> with(List<Bytes> stay, Bytes signed) throws NotKeptException {
    if (stay.size() >= HeadRecord.MOST_SIBLINGS) {
      throw new NotKeptException(
          true, "eight siblings are there already: settle them with one that names them");
    }
    stay.add(signed);
    return stay;
  }

  private static NotKeptException newer(Envelope next, Kept old) {
    return new NotKeptException(
        true,
        next.key()
            + " is there with revision "
            + old.envelope().revision()
            + ", not older than offered ("
            + next.revision()
            + ")");
  }

  private static List<Kept> read(Envelope next, List<Bytes> kept) {
    List<Kept> found = new ArrayList<>();
    for (Bytes signed : kept) {
      envelope(next, signed).ifPresent(envelope -> found.add(new Kept(signed, envelope)));
    }
    return found;
  }

  /** Empty where it was never a record of this key: the disk's or an old fault's doing. */
  private static Optional<Envelope> envelope(Envelope next, Bytes signed) {
    try {
      return Optional.of(Envelope.read(next.key(), Sign1.parse(signed.toArray()).payload()));
    } catch (CborException | RecordException e) {
      return Optional.empty();
    }
  }

  private record Kept(Bytes signed, Envelope envelope) {}

  /** A record is not kept, and what was there stays. */
  public static final class NotKeptException extends Exception {
    private static final long serialVersionUID = 1L;
    private final boolean conflict;

    private NotKeptException(boolean conflict, String why) {
      super(why, null, false, false);
      this.conflict = conflict;
    }

    /** True where what is kept is in its way; false where it contradicts itself. */
    public boolean isConflict() {
      return conflict;
    }
  }
}
