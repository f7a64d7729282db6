package tv.hearth.objects.put;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tv.hearth.api.value.BoxId;
import tv.hearth.objects.core.Troubles;
import tv.hearth.vendor.objects.ObjectFailure;

/**
 * The pieces of one segment on their way, and the batches that carry them. Whoever looks at it or
 * changes it holds its monitor, and notifies it of changes that others wait for.
 */
final class Lanes {
  private final List<Lane> all = new ArrayList<>();
  private final Deque<BoxId> spares;
  private final Set<BoxId> touched = new HashSet<>();
  private final Deque<Batch> free;
  private final Troubles troubles = new Troubles();
  private final Deque<Batch> flight = new ArrayDeque<>();
  private ObjectFailure broken;
  private boolean ended;
  private long lastMove = System.nanoTime();

  Lanes(List<BoxId> spares, Deque<Batch> free) {
    this.spares = new ArrayDeque<>(spares);
    this.free = free;
  }

  void add(Lane lane) {
    all.add(lane);
    touched.add(lane.holder());
  }

  /** One a piece, by index. */
  List<Lane> all() {
    return all;
  }

  /** Boxes that may take a lost piece, best first. */
  Deque<BoxId> spares() {
    return spares;
  }

  /** Every box that may have got something. */
  Set<BoxId> touched() {
    return touched;
  }

  /** Batches to fill. */
  Deque<Batch> free() {
    return free;
  }

  /** Batches that some holders lack, the oldest first. */
  Deque<Batch> flight() {
    return flight;
  }

  /** Lanes whose holder takes chunks. */
  List<Lane> sending() {
    return all.stream().filter(lane -> lane.state() == Lane.State.SENDING).toList();
  }

  /** How many holders have their piece or are getting it. */
  int alive() {
    return (int) all.stream().filter(lane -> lane.state() != Lane.State.LOST).count();
  }

  /** Why boxes did not take, or keep, what they were given. */
  Troubles troubles() {
    return troubles;
  }

  /** A lost piece begins anew at another box. */
  void move(Lane lane, BoxId spare, byte[] grant) {
    lane.moveTo(spare, grant);
    touched.add(spare);
  }

  /** The segment can't be stored. */
  void fail(ObjectFailure why) {
    broken = broken == null ? why : broken;
    notifyAll();
  }

  /** Throws what it failed with. */
  void check() throws ObjectFailure {
    if (broken != null) {
      throw broken;
    }
  }

  /** Whatever arrives from now on is ignored. */
  void end() {
    ended = true;
    all.stream()
        .filter(lane -> lane.running() != null)
        .forEach(lane -> lane.running().cancel(true));
  }

  boolean ended() {
    return ended;
  }

  /** A holder took something, or was given something. */
  void moved(long now) {
    lastMove = now;
  }

  long lastMove() {
    return lastMove;
  }
}
