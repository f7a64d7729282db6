package tv.hearth.transfer.net;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import tv.hearth.api.budget.Limits;
import tv.hearth.api.value.TrafficClass;
import tv.hearth.transfer.core.Shaper;

/** Both directions of the line, shaped by the budget in force. Thread-safe. */
public final class Shaping {
  /** How often the budget is looked at: 100 ms. */
  private static final long LOOK_NANOS = 100_000_000;

  private static final long SLACK_NANOS = 1_000_000;

  private final Supplier<Limits> budget;
  private final EventLoop timer;
  private final Shaper<Turn> up;
  private final Shaper<Turn> down;
  private Limits limits;
  private long lookedAt;
  private long wakesAt = Long.MAX_VALUE;

  /** Waiters are woken by the timer's loop. */
  public Shaping(Supplier<Limits> budget, EventLoop timer) {
    this.budget = budget;
    this.timer = timer;
    this.limits = budget.get();
    this.lookedAt = System.nanoTime();
    this.up = new Shaper<>(uplink(limits), background(limits), lookedAt);
    this.down = new Shaper<>(downlink(limits), downlink(limits), lookedAt);
  }

  /** Which way the bytes go. */
  public enum Way {
    /** From this box. */
    UP,
    /** To this box. */
    DOWN
  }

  /** A place in the queue. */
  public final class Turn {
    private final Way way;
    private final TrafficClass traffic;
    private final Executor where;
    private final Runnable go;

    private Turn(Way way, TrafficClass traffic, Executor where, Runnable go) {
      this.way = way;
      this.traffic = traffic;
      this.where = where;
      this.go = go;
    }

    /** Leaves the queue. */
    public void cancel() {
      synchronized (Shaping.this) {
        shaper(way).forget(traffic, this);
      }
    }
  }

  /**
   * Asks to move bytes. Returns null where they may move now; else a place in the queue, and {@code
   * go} is run later by {@code where}.
   */
  public Turn ask(Way way, TrafficClass traffic, long bytes, Executor where, Runnable go) {
    long now = System.nanoTime();
    Turn turn;
    synchronized (this) {
      look(now);
      if (shaper(way).take(traffic, bytes, now)) {
        return null;
      }
      turn = new Turn(way, traffic, where, go);
      shaper(way).await(traffic, bytes, turn);
    }
    arm(now);
    return turn;
  }

  private void wake() {
    long now = System.nanoTime();
    List<Turn> turns = new ArrayList<>();
    synchronized (this) {
      wakesAt = Long.MAX_VALUE;
      look(now);
      for (Shaper<Turn> shaper : List.of(up, down)) {
        for (Turn turn = shaper.poll(now); turn != null; turn = shaper.poll(now)) {
          turns.add(turn);
        }
      }
    }
    turns.forEach(turn -> turn.where.execute(turn.go));
    arm(now);
  }

  /** Sees to it that the timer comes in time; one that comes too often does no harm. */
  private void arm(long now) {
    long wait;
    synchronized (this) {
      wait = Math.min(LOOK_NANOS, Math.min(up.delay(now), down.delay(now)));
      boolean early = wakesAt != Long.MAX_VALUE && wakesAt - now <= wait + SLACK_NANOS;
      if (early || !up.isAwaited() && !down.isAwaited()) {
        return;
      }
      wakesAt = now + wait;
    }
    timer.schedule(this::wake, wait, TimeUnit.NANOSECONDS);
  }

  private void look(long now) {
    if (now - lookedAt < LOOK_NANOS) {
      return;
    }
    lookedAt = now;
    Limits next = budget.get();
    if (!next.equals(limits)) {
      limits = next;
      up.rates(uplink(limits), background(limits), now);
      down.rates(downlink(limits), downlink(limits), now);
    }
  }

  private Shaper<Turn> shaper(Way way) {
    return way == Way.UP ? up : down;
  }

  private static long uplink(Limits limits) {
    return limits.uplinkBytesPerSecond();
  }

  private static long background(Limits limits) {
    return limits.backgroundUplinkBytesPerSecond();
  }

  private static long downlink(Limits limits) {
    return limits.downlinkBytesPerSecond();
  }
}
