package tv.hearth.objects.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.OwnerId;
import tv.hearth.support.record.HeadRecord;
import tv.hearth.support.text.KeyIds;

/**
 * The heads under one name that nobody has settled, the winner first. A head is settled when
 * another names it among its parents, or is so far ahead ({@link HeadRecord#MOST_SIBLINGS}
 * revisions) that it could not name it any more. Winner: a living head before a deleted one, then
 * the later written, then the greater hash; so every reader picks the same.
 */
public final class Siblings {
  private final List<HeadRecord> heads;

  private Siblings(List<HeadRecord> heads) {
    this.heads = heads;
  }

  /** Of all heads that replicas gave, in any order, the same one several times. */
  public static Siblings of(Collection<HeadRecord> found) {
    Map<Bytes, HeadRecord> byHash = new LinkedHashMap<>();
    Set<Bytes> settled = new HashSet<>();
    long newest = 0;
    for (HeadRecord head : found) {
      byHash.put(hash(head), head);
      settled.addAll(head.parents());
      newest = Math.max(newest, head.revision());
    }
    long oldest = newest - HeadRecord.MOST_SIBLINGS;
    byHash.keySet().removeAll(settled);
    byHash.values().removeIf(head -> head.revision() < oldest);
    List<Map.Entry<Bytes, HeadRecord>> open = new ArrayList<>(byHash.entrySet());
    open.sort(WINNER_FIRST);
    return new Siblings(open.stream().map(Map.Entry::getValue).toList());
  }

  private static final Comparator<Map.Entry<Bytes, HeadRecord>> WINNER_FIRST =
      Comparator.<Map.Entry<Bytes, HeadRecord>, Boolean>comparing(e -> e.getValue().deleted())
          .thenComparing(e -> e.getValue().written(), Comparator.reverseOrder())
          .thenComparing(e -> e.getKey().toString(), Comparator.reverseOrder());

  /** SHA-256 of a head's payload: how others name it. */
  public static Bytes hash(HeadRecord head) {
    return Bytes.of(KeyIds.sha256(head.encode()));
  }

  /** Unsettled heads, the winner first; empty where there is none. */
  public List<HeadRecord> heads() {
    return heads;
  }

  /** True where there is a head that is not deleted. */
  public boolean alive() {
    return !heads.isEmpty() && !heads.get(0).deleted();
  }

  /**
   * The head that follows on all of these.
   *
   * @param sealed what the name holds from then on; empty: nothing, it is deleted
   */
  public HeadRecord follower(OwnerId owner, Bytes nameId, Bytes sealed, Instant written) {
    boolean isDeleted = sealed.length() == 0;
    return new HeadRecord(owner, nameId, nextRevision(), nextParents(), isDeleted, sealed, written);
  }

  /** The revision of a head that follows on all of these. */
  public long nextRevision() {
    return 1 + heads.stream().mapToLong(HeadRecord::revision).max().orElse(0);
  }

  /**
   * What a following head names: these, then as many of their ancestors as there is room for, those
   * of each in turn and the nearest first.
   */
  public List<Bytes> nextParents() {
    Set<Bytes> parents = new LinkedHashSet<>();
    heads.forEach(head -> parents.add(hash(head)));
    int most = heads.stream().mapToInt(head -> head.parents().size()).max().orElse(0);
    for (int i = 0; i < most; i++) {
      for (HeadRecord head : heads) {
        if (i < head.parents().size()) {
          parents.add(head.parents().get(i));
        }
      }
    }
    return parents.stream().limit(HeadRecord.MOST_SIBLINGS).toList();
  }
}
