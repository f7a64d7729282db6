package tv.hearth.objects.core;

import java.util.LinkedHashMap;
import java.util.Map;
import tv.hearth.api.value.BoxId;

/**
 * What this box remembers of its neighbours: who did not answer, who answers slowly, who sent bytes
 * that are not what was placed. Everything is forgotten after a while, so that nobody is shunned
 * for good. Bounded to {@value #MOST} boxes, the longest unused forgotten first. Thread-safe; times
 * are nanoseconds that the caller's clock gives.
 */
public final class HolderHealth {
  /** No complaint. */
  public static final int GOOD = 0;

  /** Answers much later than the others. */
  public static final int SLOW = 1;

  /** Nothing was heard of it lately, and it has just been asked: to be asked once, not by all. */
  public static final int AWAITED = 2;

  /** Did not answer when it was asked last, some time ago: to be tried, not to be waited for. */
  public static final int SUSPECT = 3;

  /** Did not answer a moment ago, or its answer is overdue. */
  public static final int DEAD = 4;

  /** Sent bytes that don't verify. */
  public static final int LIAR = 5;

  private static final int MOST = 4096;
  private static final long SECOND = 1_000_000_000L;
  private static final long FIRST_SHUN = 3 * SECOND;
  private static final long LONGEST_SHUN = 60 * SECOND;
  private static final long LIAR_SHUN = 600 * SECOND;
  private static final long UNHEARD = SECOND * 150 / 1000;
  private static final long HEARD = 60 * SECOND;
  private static final int SLOW_FACTOR = 4;
  private final Latencies latencies = new Latencies();
  private final Map<BoxId, Memory> boxes =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<BoxId, Memory> eldest) {
          return size() > MOST;
        }
      };

  /** It answered well after {@code took}, with that many units. */
  public synchronized void answered(BoxId box, long took, int units, long now) {
    there(box);
    Memory memory = memory(box);
    memory.heardAt = now;
    memory.latency = memory.latency == 0 ? took : (3 * memory.latency + took) / 4;
    latencies.add(took, units);
  }

  /** It gave some answer. */
  public synchronized void there(BoxId box) {
    Memory memory = memory(box);
    memory.failures = 0;
    memory.deadUntil = Long.MIN_VALUE;
    memory.lateAt = Long.MIN_VALUE;
  }

  /**
   * It is asked for units. Until it answers, fails or the request is {@link #withdrawn}, others
   * know that: whose answer is overdue is not asked once more for the next stripe.
   *
   * @param lateAt from when on the answer is overdue
   */
  public synchronized void asked(BoxId box, long lateAt) {
    Memory memory = memory(box);
    if (memory.lateAt == Long.MIN_VALUE) {
      memory.lateAt = lateAt;
    }
  }

  /** A request that was not overdue is not wanted any more: its silence says nothing. */
  public synchronized void withdrawn(BoxId box) {
    memory(box).lateAt = Long.MIN_VALUE;
  }

  /** True where the box sent units within the last minute. */
  public synchronized boolean heard(BoxId box, long now) {
    Memory memory = boxes.get(box);
    return memory != null && heard(memory, now);
  }

  private static boolean heard(Memory memory, long now) {
    return memory.latency > 0 && now - memory.heardAt < HEARD;
  }

  /**
   * True where a box that was silent may be tried now; the caller does so, others wait until that
   * is decided.
   */
  public synchronized boolean probes(BoxId box, long now) {
    if (standing(box, now) != SUSPECT) {
      return false;
    }
    memory(box).deadUntil = now + FIRST_SHUN;
    return true;
  }

  /** It did not answer, or refused: shunned for 3 s, twice as long each further time, to 60 s. */
  public synchronized void failed(BoxId box, long now) {
    Memory memory = memory(box);
    long shun = Math.min(LONGEST_SHUN, FIRST_SHUN << Math.min(10, memory.failures));
    memory.failures++;
    memory.deadUntil = now + shun;
    memory.lateAt = Long.MIN_VALUE;
  }

  /** It sent bytes that don't verify: shunned for ten minutes. */
  public synchronized void lied(BoxId box, long now) {
    memory(box).liarUntil = now + LIAR_SHUN;
  }

  /** {@link #GOOD}, {@link #SLOW}, {@link #SUSPECT} … {@link #LIAR}; more is worse. */
  public synchronized int standing(BoxId box, long now) {
    Memory memory = boxes.get(box);
    if (memory == null) {
      return GOOD;
    }
    if (memory.liarUntil != Long.MIN_VALUE && memory.liarUntil - now > 0) {
      return LIAR;
    }
    if (memory.deadUntil != Long.MIN_VALUE) {
      return memory.deadUntil - now > 0 ? DEAD : SUSPECT;
    }
    if (memory.lateAt != Long.MIN_VALUE && memory.lateAt - now <= 0) {
      return DEAD;
    }
    if (memory.lateAt != Long.MIN_VALUE && !heard(memory, now)) {
      return AWAITED;
    }
    return memory.latency > SLOW_FACTOR * latencies.patience(1) ? SLOW : GOOD;
  }

  /**
   * After how long an answer of that many units is late: 1.5 × the median of all, 50 ms…1 s; but
   * 150 ms at most from a box that sent nothing in the last minute and may be gone.
   */
  public synchronized long patience(BoxId box, int units, long now) {
    long usual = latencies.patience(units);
    Memory memory = boxes.get(box);
    return memory != null && heard(memory, now) ? usual : Math.min(UNHEARD, usual);
  }

  private Memory memory(BoxId box) {
    return boxes.computeIfAbsent(box, id -> new Memory());
  }

  private static final class Memory {
    private int failures;
    private long deadUntil = Long.MIN_VALUE;
    private long liarUntil = Long.MIN_VALUE;
    private long lateAt = Long.MIN_VALUE;
    private long heardAt;
    private long latency;
  }
}
