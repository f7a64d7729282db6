package tv.hearth.gateway.server;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that wait for the store; they end when idle. */
public final class Readers {
  private static final int IDLE_SECONDS = 10;
  private static final int SPARE = 16;

  private Readers() {}

  /** A pool whose queue has room for an errand of every connection. */
  public static ThreadPoolExecutor pool(Settings settings) {
    AtomicInteger count = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            settings.readers(),
            settings.readers(),
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(2 * settings.connections() + SPARE),
            task -> {
              Thread thread = new Thread(task, "hearth-gateway-read-" + count.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
