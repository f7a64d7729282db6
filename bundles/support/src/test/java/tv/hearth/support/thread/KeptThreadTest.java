package tv.hearth.support.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class KeptThreadTest {
  private final AtomicLong now = new AtomicLong();
  private final List<Long> pauses = new CopyOnWriteArrayList<>();

  @Test
  void whateverTheLoopThrowsItBeginsAgainAndSaysSo() throws Exception {
    Queue<Throwable> ends =
        new ArrayDeque<>(
            List.of(
                new IllegalStateException("a"),
                new NoClassDefFoundError("gone"),
                new StackOverflowError(),
                new InterruptedException("stray")));
    CountDownLatch over = new CountDownLatch(1);
    KeptThread thread = kept(() -> next(ends, over));
    thread.start();
    assertTrue(over.await(2, TimeUnit.MINUTES));
    thread.join(30_000);
    assertEquals(4, thread.failures().count());
    assertEquals(List.of(1_000L, 2_000L, 4_000L, 8_000L), pauses);
    assertTrue(thread.failures().trouble().contains("hearth-test failed (4 times"));
    now.addAndGet(Failures.WELL_MILLIS);
    assertEquals("", thread.failures().trouble());
  }

  @Test
  void pausesGrowToAMinuteAndAreShortAgainAfterAGoodOne() {
    AtomicLong runs = new AtomicLong();
    KeptThread thread =
        kept(
            () -> {
              now.addAndGet(runs.get() == 9 ? 60_000 : 0);
              if (runs.incrementAndGet() < 12) {
                throw new IllegalStateException();
              }
            });
    thread.start();
    thread.join(30_000);
    assertEquals(12, runs.get());
    assertEquals(List.of(60_000L, 60_000L, 60_000L, 1_000L, 2_000L), pauses.subList(6, 11));
  }

  @Test
  void closingEndsItWhateverItDoes() throws Exception {
    CountDownLatch in = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    KeptThread thread =
        kept(
            () -> {
              in.countDown();
              never.await();
            });
    thread.start();
    assertTrue(in.await(2, TimeUnit.MINUTES));
    thread.close();
    thread.join(30_000);
    assertTrue(thread.closed());
    assertEquals(0, thread.failures().count());
    assertEquals(List.of(), pauses);
  }

  @Test
  void aGuardedTaskThrowsNothing() {
    Failures failures = new Failures("task", now::get);
    Runnable task =
        failures.guard(
            () -> {
              throw new LinkageError("gone");
            });
    task.run();
    assertEquals(1, failures.count());
    assertTrue(failures.trouble().contains("gone"));
  }

  private KeptThread kept(KeptThread.Loop loop) {
    return new KeptThread("hearth-test", Thread.NORM_PRIORITY, loop, pauses::add, now::get);
  }

  private static void next(Queue<Throwable> ends, CountDownLatch over) throws InterruptedException {
    Throwable next = ends.poll();
    if (next instanceof Error error) {
      throw error;
    } else if (next instanceof RuntimeException e) {
      throw e;
    } else if (next instanceof InterruptedException e) {
      throw e;
    }
    over.countDown();
  }
}
