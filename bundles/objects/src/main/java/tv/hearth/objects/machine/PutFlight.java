package tv.hearth.objects.machine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/** The batches that are ready and that some holders lack, the oldest first. */
final class PutFlight {
  private final Deque<Batch> flying = new ArrayDeque<>();
  private int ready;

  /** One that some lack: when it could be sent, and when somebody last took it or was given up. */
  private static final class Batch {
    private final int number;
    private final long readyAt;
    private long lastRelease;

    Batch(int number, long now) {
      this.number = number;
      this.readyAt = now;
      this.lastRelease = now;
    }
  }

  void add(long now) {
    flying.add(new Batch(ready++, now));
  }

  /** How many batches were ready so far. */
  int ready() {
    return ready;
  }

  int size() {
    return flying.size();
  }

  /** The number of the one that waits longest; −1 where none does. */
  int oldest() {
    return flying.isEmpty() ? -1 : flying.peek().number;
  }

  /** A holder took it, or does not need it any more. */
  void release(int number, long now) {
    for (Batch each : flying) {
      if (each.number == number) {
        each.lastRelease = now;
      }
    }
  }

  /** Hands out those that nobody lacks. */
  void land(IntPredicate isLacked, IntConsumer landed) {
    while (!flying.isEmpty() && !isLacked.test(flying.peek().number)) {
      landed.accept(flying.poll().number);
    }
  }

  /** How long all who have the oldest took. */
  long took() {
    return flying.peek().lastRelease - flying.peek().readyAt;
  }

  /** How long ago the last of them had it. */
  long since(long now) {
    return now - flying.peek().lastRelease;
  }
}
