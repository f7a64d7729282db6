package tv.hearth.mqtt;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes and ends the bus's threads: daemons of low priority. */
final class LineThreads {
  /** A little below what the household's own threads have. */
  static final int PRIORITY = Thread.NORM_PRIORITY - 1;

  private LineThreads() {}

  static ThreadFactory factory() {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, "hearth-mqtt-line-" + count.incrementAndGet());
      thread.setDaemon(true);
      thread.setPriority(PRIORITY);
      return thread;
    };
  }

  /** Lets tasks end by themselves and waits a little; keeps the caller's interruption. */
  static void end(ExecutorService threads, long waitMillis) {
    threads.shutdown();
    try {
      threads.awaitTermination(waitMillis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
