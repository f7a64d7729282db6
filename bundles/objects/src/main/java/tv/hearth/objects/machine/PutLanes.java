package tv.hearth.objects.machine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import tv.hearth.api.value.BoxId;

/** The pieces of one segment, who holds them and who else may. Part of a {@link PutMachine}. */
final class PutLanes {
  private final List<PutLane> all = new ArrayList<>();
  private final Deque<BoxId> spares;
  private final Set<BoxId> touched;

  PutLanes(List<BoxId> holders, List<BoxId> spares) {
    this.spares = new ArrayDeque<>(spares);
    this.touched = new LinkedHashSet<>(holders);
    for (BoxId holder : holders) {
      all.add(new PutLane(all.size(), holder));
    }
  }

  List<PutLane> all() {
    return all;
  }

  PutLane get(int index) {
    return all.get(index);
  }

  /** Whose call that is; empty where it is nobody's any more. */
  Optional<PutLane> calling(long call) {
    return first(lane -> lane.call() == call);
  }

  Optional<PutLane> lost() {
    return first(lane -> lane.is(PutLane.State.LOST));
  }

  private Optional<PutLane> first(Predicate<PutLane> wanted) {
    for (PutLane lane : all) {
      if (wanted.test(lane)) {
        return Optional.of(lane);
      }
    }
    return Optional.empty();
  }

  /** How many holders take chunks and lack that batch. */
  int lacking(int batch) {
    int count = 0;
    for (PutLane lane : all) {
      count += lane.lacks(batch) ? 1 : 0;
    }
    return count;
  }

  int count(PutLane.State state) {
    int count = 0;
    for (PutLane lane : all) {
      count += lane.is(state) ? 1 : 0;
    }
    return count;
  }

  /** How many holders have their piece or are getting it. */
  int alive() {
    return all.size() - count(PutLane.State.LOST);
  }

  /** The stored pieces and who has them. */
  SortedMap<Integer, BoxId> sources() {
    SortedMap<Integer, BoxId> sources = new TreeMap<>();
    all.stream()
        .filter(lane -> lane.is(PutLane.State.STORED))
        .forEach(lane -> sources.put(lane.index(), lane.holder()));
    return sources;
  }

  Deque<BoxId> spares() {
    return spares;
  }

  /** A lost piece begins anew at the best spare. */
  void move(PutLane lane, PutLane.State next) {
    BoxId spare = spares.remove();
    touched.add(spare);
    lane.moveTo(spare, next);
  }

  /** Every box that may have got something. */
  Set<BoxId> touched() {
    return touched;
  }
}
