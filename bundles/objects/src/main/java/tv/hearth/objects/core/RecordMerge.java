package tv.hearth.objects.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.api.value.Bytes;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cose.Sign1;
import tv.hearth.support.record.HeadRecord;
import tv.hearth.support.record.KeyGrantRecord;
import tv.hearth.support.record.PlacementRecord;
import tv.hearth.support.record.RecordException;
import tv.hearth.support.record.RootRecord;
import tv.hearth.support.text.KeyIds;

/**
 * What this box keeps of its own records as one of their replicas: the rules that every replica
 * has. The first descriptor and tombstone stay; of placements, grants and roots the highest
 * version; of heads those that nobody follows on. Pure.
 */
public final class RecordMerge {
  private RecordMerge() {}

  /**
   * What is kept from now on; the same list where it is there already; empty where something newer
   * is kept.
   *
   * @param kept accepted before; what can't be read of it is replaced
   */
  public static Optional<List<Bytes>> merge(RecordKey key, Bytes signed, List<Bytes> kept)
      throws RecordException {
    if (kept.contains(signed)) {
      return Optional.of(kept);
    }
    switch (key.kind()) {
      case HEAD:
        return heads(HeadRecord.decode(payload(signed)), signed, kept);
      case DESCRIPTOR:
      case TOMBSTONE:
        return Optional.of(kept.isEmpty() ? List.of(signed) : kept);
      default:
        return newest(key, signed, kept);
    }
  }

  private static Optional<List<Bytes>> newest(RecordKey key, Bytes signed, List<Bytes> kept)
      throws RecordException {
    long version = version(key, signed);
    for (Bytes old : kept) {
      if (readable(key, old) && version(key, old) >= version) {
        return Optional.empty();
      }
    }
    return Optional.of(List.of(signed));
  }

  private static boolean readable(RecordKey key, Bytes old) {
    try {
      return version(key, old) >= 0;
    } catch (RecordException e) {
      return false;
    }
  }

  private static long version(RecordKey key, Bytes signed) throws RecordException {
    byte[] payload = payload(signed);
    switch (key.kind()) {
      case PLACEMENT:
        return PlacementRecord.decode(payload).version();
      case KEY_GRANT:
        return KeyGrantRecord.decode(payload).version();
      case ROOT:
        return RootRecord.decode(payload).version();
      default:
        return 0;
    }
  }

  private static Optional<List<Bytes>> heads(HeadRecord next, Bytes signed, List<Bytes> kept) {
    List<Bytes> stay = new ArrayList<>();
    boolean follows = kept.stream().anyMatch(old -> next.parents().contains(hash(old)));
    for (Bytes old : kept) {
      HeadRecord head = readable(old);
      if (head == null || next.parents().contains(hash(old))) {
        continue;
      }
      boolean sibling = siblings(head, next);
      boolean newer = !sibling && head.revision() > next.revision();
      if (newer || head.parents().contains(Siblings.hash(next))) {
        return Optional.empty();
      }
      if (sibling || follows) {
        stay.add(old);
      }
    }
    stay.add(signed);
    return stay.size() > HeadRecord.MOST_SIBLINGS ? Optional.empty() : Optional.of(stay);
  }

  private static boolean siblings(HeadRecord a, HeadRecord b) {
    return a.revision() == b.revision()
        || a.parents().isEmpty() && b.parents().isEmpty()
        || !Collections.disjoint(a.parents(), b.parents());
  }

  private static HeadRecord readable(Bytes signed) {
    try {
      return HeadRecord.decode(payload(signed));
    } catch (RecordException e) {
      return null;
    }
  }

  private static Bytes hash(Bytes signed) {
    try {
      return Bytes.of(KeyIds.sha256(payload(signed)));
    } catch (RecordException e) {
      return Bytes.of(new byte[0]);
    }
  }

  private static byte[] payload(Bytes signed) throws RecordException {
    try {
      return Sign1.parse(signed.toArray()).payload();
    } catch (CborException e) {
      throw new RecordException(e.getMessage(), e);
    }
  }
}
