package tv.hearth.tests.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tv.hearth.api.value.Bytes;
import tv.hearth.objects.core.Siblings;
import tv.hearth.support.record.HeadRecord;

/**
 * What was written and acknowledged, and whether what is read agrees with it: whoever reads with
 * certainty sees every head that was acknowledged before he began, or one that follows on it; and
 * what was refused is not what a name holds in the end.
 */
final class History {
  private static final int PROMISED = tv.hearth.objects.io.Replicas.LEAST;

  private final Map<Bytes, HeadRecord> made = new HashMap<>();
  private final Map<Name, List<HeadRecord>> acknowledged = new HashMap<>();
  private final Set<Bytes> refused = new HashSet<>();
  private int certainReads;

  /** A broken promise. */
  static final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Violation(String what) {
      super(what, null, false, false);
    }
  }

  void made(HeadRecord head) {
    made.put(Siblings.hash(head), head);
  }

  /** Its writer is told that it is stored: as many disks as that takes have it, or a follower. */
  void acknowledged(Name name, HeadRecord head) {
    Bytes hash = Siblings.hash(head);
    long disks =
        name.replicas().stream()
            .filter(box -> withAncestors(Heads.of(box.records(name.key()))).contains(hash))
            .count();
    if (disks < PROMISED) {
      throw new Violation(
          "revision " + head.revision() + " was acknowledged, and is on " + disks + " disks");
    }
    acknowledged.computeIfAbsent(name, each -> new ArrayList<>()).add(head);
  }

  /** Its writer was told that it is not stored. */
  void refused(HeadRecord head) {
    refused.add(Siblings.hash(head));
  }

  /** What a read that begins now must see. */
  List<HeadRecord> promised(Name name) {
    return List.copyOf(acknowledged.getOrDefault(name, List.of()));
  }

  int acknowledged() {
    return acknowledged.values().stream().mapToInt(List::size).sum();
  }

  int certainReads() {
    return certainReads;
  }

  /** Checks a read that is certain. */
  void read(String who, List<HeadRecord> promised, Collection<HeadRecord> found) {
    certainReads++;
    Set<Bytes> seen = withAncestors(found);
    long newest = found.stream().mapToLong(HeadRecord::revision).max().orElse(0);
    for (HeadRecord head : promised) {
      boolean isOutOfSight = head.revision() < newest - HeadRecord.MOST_SIBLINGS;
      if (!isOutOfSight && !seen.contains(Siblings.hash(head))) {
        throw new Violation(
            who
                + ": revision "
                + head.revision()
                + " was acknowledged before, and what is read has neither it nor one that follows"
                + " on it (newest: revision "
                + newest
                + ")");
      }
    }
  }

  /** Checks what a name holds when all is well again. */
  void end(String who, Collection<HeadRecord> found) {
    Siblings siblings = Siblings.of(found);
    for (HeadRecord head : siblings.heads()) {
      if (refused.contains(Siblings.hash(head))) {
        throw new Violation(
            who
                + ": revision "
                + head.revision()
                + " was refused, and is there; all: "
                + found.stream().distinct().map(this::view).toList()
                + "; made: "
                + made.values().stream()
                    .filter(each -> each.nameId().equals(head.nameId()))
                    .sorted(Comparator.comparingLong(HeadRecord::revision))
                    .map(this::view)
                    .toList());
      }
    }
  }

  private String view(HeadRecord head) {
    boolean isIn = acknowledged.values().stream().anyMatch(heads -> heads.contains(head));
    String fate = isIn ? "+" : refused.contains(Siblings.hash(head)) ? "-" : "?";
    return fate
        + head.revision()
        + "="
        + Siblings.hash(head).toString().substring(0, 4)
        + head.parents().stream().map(parent -> parent.toString().substring(0, 4)).toList();
  }

  private Set<Bytes> withAncestors(Collection<HeadRecord> found) {
    Set<Bytes> seen = new HashSet<>();
    Deque<Bytes> left = new ArrayDeque<>();
    found.forEach(head -> left.add(Siblings.hash(head)));
    while (!left.isEmpty()) {
      Bytes hash = left.poll();
      HeadRecord head = made.get(hash);
      if (seen.add(hash) && head != null) {
        left.addAll(head.parents());
      }
    }
    return seen;
  }
}
