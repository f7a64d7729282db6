package tv.hearth.transfer.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tv.hearth.api.transfer.TransferException.Problem;
import tv.hearth.api.value.Bytes;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cose.Sign1;
import tv.hearth.support.record.HeadRecord;
import tv.hearth.support.record.RecordException;
import tv.hearth.support.text.KeyIds;

/**
 * Which heads of a name are kept when another one comes. Pure. Each kept head is, seen from the new
 * one:
 *
 * <ol>
 *   <li>its parent: it goes;
 *   <li>its child: the new one is old, CONFLICT;
 *   <li>of the same revision, or with a parent in common: written at the same time, both stay;
 *   <li>of a higher revision: the new one is old (a replay, or a writer who saw little), CONFLICT;
 *   <li>of a lower revision: it stays as a sibling where the new one follows on another head that
 *       is kept here (so nothing was missed); else this holder missed something, and it goes.
 * </ol>
 *
 * A revision is one more than the greatest of its parents, so an ancestor's is always lower.
 */
final class HeadRules {
  private HeadRules() {}

  static List<Bytes> merge(HeadRecord next, Bytes signed, List<Bytes> kept) throws Refusal {
    Bytes hash = hash(next.encode());
    List<Kept> heads = read(kept);
    boolean follows = heads.stream().anyMatch(head -> next.parents().contains(head.hash()));
    List<Bytes> stay = new ArrayList<>();
    for (Kept head : heads) {
      if (stays(next, hash, head, follows)) {
        stay.add(head.signed());
      }
    }
    if (stay.size() >= HeadRecord.MOST_SIBLINGS) {
      throw conflict("eight siblings are there already: settle them with a head that names them");
    }
    stay.add(signed);
    return stay;
  }

  private static boolean stays(HeadRecord next, Bytes hash, Kept head, boolean follows)
      throws Refusal {
    HeadRecord old = head.record();
    if (next.parents().contains(head.hash())) {
      if (old.revision() >= next.revision()) {
        throw new Refusal(Problem.REFUSED, "a head's revision is more than that of its parents");
      }
      return false;
    }
    boolean sibling =
        old.revision() == next.revision()
            || old.parents().isEmpty() && next.parents().isEmpty()
            || !Collections.disjoint(old.parents(), next.parents());
    if (old.parents().contains(hash) || !sibling && old.revision() > next.revision()) {
      throw conflict("a newer head, of revision " + old.revision() + ", is there");
    }
    return sibling || follows;
  }

  /** What was accepted before; anything unreadable is left out and so replaced. */
  private static List<Kept> read(List<Bytes> kept) {
    List<Kept> heads = new ArrayList<>();
    for (Bytes signed : kept) {
      try {
        byte[] payload = Sign1.parse(signed.toArray()).payload();
        heads.add(new Kept(signed, hash(payload), HeadRecord.decode(payload)));
      } catch (CborException | RecordException e) {
        // A head of a format that this version does not know can't be weighed against the new one.
        continue;
      }
    }
    return heads;
  }

  private static Bytes hash(byte[] payload) {
    return Bytes.of(KeyIds.sha256(payload));
  }

  private static Refusal conflict(String message) {
    return new Refusal(Problem.CONFLICT, message);
  }

  private record Kept(Bytes signed, Bytes hash, HeadRecord record) {}
}
