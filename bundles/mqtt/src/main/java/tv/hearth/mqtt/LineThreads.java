package tv.hearth.mqtt;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes and ends the bus's threads: daemons of low priority. */
final class LineThreads {
  private LineThreads() {}

  static ThreadFactory factory() {
    AtomicInteger count = new AtomicInteger();
    return task -> daemon(task, "hearth-mqtt-line-" + count.incrementAndGet());
  }

  static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.setPriority(Thread.NORM_PRIORITY - 1);
    return thread;
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
