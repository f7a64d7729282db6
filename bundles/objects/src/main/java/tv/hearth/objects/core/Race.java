package tv.hearth.objects.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Decides whom to ask for the units of a run of stripes, and when there are enough of them. The
 * wanted data pieces are asked first, because what they send needs no restoring; as soon as one of
 * them fails, is late or is known to be gone, so many others are asked that k fresh answers are to
 * be had, the best first. A late answer still counts; those who are shunned are asked only where
 * the others can't suffice or have been awaited for {@value #HOPE} times their patience. Not
 * thread-safe; time comes in.
 *
 * <p>Cost: one request a wanted piece in the good case, k requests where one of them is gone, and a
 * further one for each late or bad answer.
 */
public final class Race {
  /** Where it stands. */
  public enum Outcome {
    /** Answers are awaited. */
    RUNNING,
    /** All wanted pieces answered. */
    DIRECT,
    /** Any k pieces answered. */
    RESTORE,
    /** Nobody is left to ask and fewer than k answered. */
    FAILED
  }

  private static final int HOPE = 3;

  private enum State {
    IDLE,
    ASKED,
    GOOD,
    RESTING,
    BAD
  }

  private final int k;
  private final int[] wanted;
  private final int[] order;
  private final boolean[] shunned;
  private final long[] patience;
  private final State[] states;
  private final long[] askedAt;

  /**
   * A race that has not begun.
   *
   * @param wanted indices below k whose units are needed
   * @param order all indices that may be asked, best first
   * @param shunned by index: asked only when others don't suffice
   * @param patience by index: after which an answer is late, in the unit of {@code now}
   */
  public Race(int k, int n, int[] wanted, int[] order, boolean[] shunned, long[] patience) {
    this.k = k;
    this.wanted = wanted.clone();
    this.order = order.clone();
    this.shunned = shunned.clone();
    this.patience = patience.clone();
    this.states = new State[n];
    this.askedAt = new long[n];
    Arrays.fill(states, State.BAD);
    for (int index : order) {
      states[index] = State.IDLE;
    }
  }

  /** Whom to ask first. */
  public List<Integer> start(long now) {
    List<Integer> ask = new ArrayList<>();
    for (int index : wanted) {
      if (states[index] == State.IDLE && !shunned[index]) {
        ask(index, now, ask);
      }
    }
    return fill(now, ask);
  }

  /** An answer that verified; returns whom to ask more. */
  public List<Integer> good(int index, long now) {
    states[index] = State.GOOD;
    return fill(now, new ArrayList<>());
  }

  /** No answer, or one that is wrong; returns whom to ask in its place. */
  public List<Integer> bad(int index, long now) {
    if (states[index] != State.GOOD) {
      states[index] = State.BAD;
    }
    return fill(now, new ArrayList<>());
  }

  /**
   * Not now, but perhaps soon: others are asked in its place, and it may be asked {@link #again}.
   */
  public List<Integer> rest(int index, long now) {
    if (states[index] != State.GOOD) {
      states[index] = State.RESTING;
    }
    return fill(now, new ArrayList<>());
  }

  /** One that rested is asked once more, where too few others suffice. */
  public List<Integer> again(int index, long now) {
    List<Integer> ask = new ArrayList<>();
    if (states[index] == State.RESTING && outcome() == Outcome.RUNNING) {
      ask(index, now, ask);
    }
    return ask;
  }

  /** Time went by; returns whom to ask because others are late. */
  public List<Integer> tick(long now) {
    return fill(now, new ArrayList<>());
  }

  /** Where it stands. */
  public Outcome outcome() {
    if (all(wanted, State.GOOD)) {
      return Outcome.DIRECT;
    }
    if (count(State.GOOD) >= k) {
      return Outcome.RESTORE;
    }
    boolean open = count(State.ASKED) > 0 || count(State.IDLE) > 0 || count(State.RESTING) > 0;
    return open ? Outcome.RUNNING : Outcome.FAILED;
  }

  /** When {@link #tick} may have something to say: ticks from {@code now}; −1 for never. */
  public long wakeIn(long now) {
    long least = -1;
    for (int index = 0; index < states.length; index++) {
      if (states[index] == State.ASKED) {
        long age = now - askedAt[index];
        least = sooner(least, patience[index] - age);
        least = sooner(least, HOPE * patience[index] - age);
      }
    }
    return least;
  }

  private static long sooner(long least, long left) {
    return left > 0 && (least < 0 || left < least) ? left : least;
  }

  /** The indices that answered well, wanted ones first; at most k unless all wanted did. */
  public int[] good() {
    List<Integer> found = new ArrayList<>();
    for (int index : wanted) {
      if (states[index] == State.GOOD) {
        found.add(index);
      }
    }
    for (int index = 0; index < states.length; index++) {
      if (states[index] == State.GOOD && !found.contains(index) && found.size() < k) {
        found.add(index);
      }
    }
    return found.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Who was asked longer than the patience ago and has not answered. */
  public int[] late(long now) {
    return IntStream.range(0, states.length)
        .filter(index -> states[index] == State.ASKED && !fresh(index, now))
        .toArray();
  }

  private List<Integer> fill(long now, List<Integer> ask) {
    if (outcome() != Outcome.RUNNING || allWantedFresh(now)) {
      return ask;
    }
    int fresh = count(now, 1);
    int hoped = count(now, HOPE);
    for (int index : order) {
      if (fresh >= k) {
        break;
      }
      if (states[index] == State.IDLE && (!shunned[index] || hoped < k)) {
        ask(index, now, ask);
        fresh++;
        hoped++;
      }
    }
    return ask;
  }

  private void ask(int index, long now, List<Integer> ask) {
    states[index] = State.ASKED;
    askedAt[index] = now;
    ask.add(index);
  }

  private boolean allWantedFresh(long now) {
    return Arrays.stream(wanted).allMatch(index -> fresh(index, now));
  }

  private boolean fresh(int index, long now) {
    return expected(index, now, 1);
  }

  /** It answered well, or was asked no longer ago than so many times its patience. */
  private boolean expected(int index, long now, int times) {
    return states[index] == State.GOOD
        || states[index] == State.ASKED && now - askedAt[index] < times * patience[index];
  }

  private int count(long now, int times) {
    return (int)
        IntStream.range(0, states.length).filter(index -> expected(index, now, times)).count();
  }

  private boolean all(int[] indices, State state) {
    return Arrays.stream(indices).allMatch(index -> states[index] == state);
  }

  private int count(State state) {
    return (int) Arrays.stream(states).filter(each -> each == state).count();
  }
}
