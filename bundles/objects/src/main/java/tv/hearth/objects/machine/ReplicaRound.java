package tv.hearth.objects.machine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One question about a record to the boxes that keep it, who are numbered from 0 on: whom to ask
 * next, and when there is nothing more to wait for. What differs between writing, reading and
 * looking for any one answer is in the subclasses. Not thread-safe; time comes in, in nanoseconds.
 */
public abstract sealed class ReplicaRound permits WriteRound, ReadRound, WaveRound {
  /** No deadline. */
  protected static final long NEVER = Long.MAX_VALUE;

  private enum State {
    IDLE,
    ASKED,
    ANSWERED,
    FAILED
  }

  private final State[] states;
  private long begun;
  private boolean over;

  ReplicaRound(int boxes) {
    this.states = new State[boxes];
    Arrays.fill(states, State.IDLE);
  }

  /** Whom to ask first. */
  public final List<Integer> start(long now) {
    begun = now;
    return step(now, true);
  }

  /**
   * A box answered; returns whom to ask more.
   *
   * @param found whether it had what was asked for
   */
  public final List<Integer> answered(int box, boolean found, long now) {
    if (states[box] == State.ASKED) {
      states[box] = State.ANSWERED;
      if (found && !over) {
        found(now);
      }
    }
    return step(now, false);
  }

  /** A box did not answer, or refused; returns whom to ask in its place. */
  public final List<Integer> failed(int box, long now) {
    if (states[box] == State.ASKED) {
      states[box] = State.FAILED;
    }
    return step(now, false);
  }

  /** Time went by; returns whom to ask more. */
  public final List<Integer> tick(long now) {
    return step(now, false);
  }

  /** True once nothing more is waited for; what comes later changes nothing. */
  public final boolean isOver() {
    return over;
  }

  /** Boxes that answered, late ones too. */
  public final int answers() {
    return count(State.ANSWERED);
  }

  /** True where that box was asked and neither answered nor failed yet. */
  public final boolean isSilent(int box) {
    return states[box] == State.ASKED;
  }

  /** When {@link #tick} may have something to say: nanoseconds from {@code now}; −1 for never. */
  public final long wakeIn(long now) {
    long deadline = over ? NEVER : deadline();
    return deadline == NEVER ? -1 : Math.max(0, begun + deadline - now);
  }

  private List<Integer> step(long now, boolean first) {
    List<Integer> ask = new ArrayList<>();
    over = over || !first && isDone(age(now));
    int more = over ? 0 : wanted(age(now), first);
    for (int box = 0; box < states.length && more > 0; box++) {
      if (states[box] == State.IDLE) {
        states[box] = State.ASKED;
        ask.add(box);
        more--;
      }
    }
    over = over || isWaitingForNone() && !mayAskMore();
    return ask;
  }

  /** A box had what was asked for. */
  abstract void found(long now);

  /** Whether that is enough. */
  abstract boolean isDone(long age);

  /** How many more are to be asked now, of those that were not. */
  abstract int wanted(long age, boolean first);

  /** Whether somebody else would be asked once those who were asked are done. */
  abstract boolean mayAskMore();

  /** The age at which something changes by itself. */
  abstract long deadline();

  /** Since the start, of a moment. */
  final long age(long now) {
    return now - begun;
  }

  final boolean isWaitingForNone() {
    return count(State.ASKED) == 0;
  }

  final int idle() {
    return count(State.IDLE);
  }

  private int count(State state) {
    int count = 0;
    for (State each : states) {
      count += each == state ? 1 : 0;
    }
    return count;
  }
}
