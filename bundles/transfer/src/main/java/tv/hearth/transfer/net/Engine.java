package tv.hearth.transfer.net;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import tv.hearth.api.value.TrafficClass;

/**
 * All threads and buffers of this bundle: one event loop for the listener, one for calls, some
 * low-priority threads for disk and signatures, one for orders to delete, two for looking up names,
 * two for TLS handshakes and for completing futures. No event loop group is used: a group of Netty
 * would start its global executor when it ends.
 */
public final class Engine {
  private static final int CHUNK_ORDER = 6;
  private static final int PAGE = 8192;
  private static final int MOST_SHORT_TASKS = 1024;

  private final AtomicLong order = new AtomicLong();
  private final SingleThreadIoEventLoop serverLoop = loop("hearth-transfer-listen");
  private final SingleThreadIoEventLoop clientLoop = loop("hearth-transfer-call");
  private final ThreadPoolExecutor disk;
  private final ThreadPoolExecutor quick;
  private final ThreadPoolExecutor orders;
  private final ThreadPoolExecutor names;

  /**
   * One arena of 512 KiB chunks without per-thread caches, so that idling holds next to nothing.
   */
  private final ByteBufAllocator buffers =
      new PooledByteBufAllocator(true, 0, 1, PAGE, CHUNK_ORDER, 0, 0, false);

  /** Starts nothing yet: threads come with work. */
  public Engine(int diskThreads) {
    disk = pool(diskThreads, new PriorityBlockingQueue<>(), "hearth-transfer-disk", true);
    quick = pool(2, new LinkedBlockingQueue<>(MOST_SHORT_TASKS), "hearth-transfer-tls", false);
    orders = pool(1, new LinkedBlockingQueue<>(MOST_SHORT_TASKS), "hearth-transfer-orders", true);
    names = pool(2, new LinkedBlockingQueue<>(MOST_SHORT_TASKS), "hearth-transfer-names", true);
  }

  /** Of the listener and its connections. */
  public EventLoop serverLoop() {
    return serverLoop;
  }

  /** Of calls to neighbours and of timers. */
  public EventLoop clientLoop() {
    return clientLoop;
  }

  /** The only source of buffers. */
  public ByteBufAllocator buffers() {
    return buffers;
  }

  /** For TLS handshakes and callbacks: short work. */
  public Executor quick() {
    return quick;
  }

  /**
   * Runs what may block on disk or wait for a service, more urgent classes first. Bounded by who
   * asks: a request has one task at a time, and requests are counted.
   */
  public void disk(TrafficClass traffic, Runnable task) {
    disk.execute(new Task(traffic, order.getAndIncrement(), task));
  }

  /**
   * Runs keeps and deletions, one after the other, where no stream waits for a disk thread: erasing
   * an object may take as long as its files are many. Throws RejectedExecutionException where too
   * many wait.
   */
  public void order(Runnable task) {
    orders.execute(task);
  }

  /** Looks up names, which may take as long as a resolver likes; else as {@link #order}. */
  public void lookUp(Runnable task) {
    names.execute(task);
  }

  /** Ends all threads; what they do is interrupted. */
  public void close(long millis) throws InterruptedException {
    disk.shutdownNow();
    orders.shutdownNow();
    names.shutdownNow();
    serverLoop.shutdownGracefully(0, millis, TimeUnit.MILLISECONDS);
    clientLoop.shutdownGracefully(0, millis, TimeUnit.MILLISECONDS);
    serverLoop.awaitTermination(millis, TimeUnit.MILLISECONDS);
    clientLoop.awaitTermination(millis, TimeUnit.MILLISECONDS);
    quick.shutdown();
    if (!quick.awaitTermination(millis, TimeUnit.MILLISECONDS)) {
      quick.shutdownNow();
    }
    disk.awaitTermination(millis, TimeUnit.MILLISECONDS);
    orders.awaitTermination(millis, TimeUnit.MILLISECONDS);
  }

  private static SingleThreadIoEventLoop loop(String name) {
    return new SingleThreadIoEventLoop(
        (IoEventLoopGroup) null, threads(name, Thread.NORM_PRIORITY), NioIoHandler.newFactory());
  }

  private static ThreadPoolExecutor pool(
      int size, BlockingQueue<Runnable> queue, String name, boolean low) {
    int priority = low ? Thread.MIN_PRIORITY + 1 : Thread.NORM_PRIORITY;
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(size, size, 20, TimeUnit.SECONDS, queue, threads(name, priority));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private static ThreadFactory threads(String name, int priority) {
    AtomicLong count = new AtomicLong();
    return task -> {
      Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
      thread.setPriority(priority);
      thread.setDaemon(true);
      thread.setContextClassLoader(null);
      return thread;
    };
  }

  private record Task(TrafficClass traffic, long order, Runnable work)
      implements Runnable, Comparable<Task> {
    @Override
    public void run() {
      work.run();
    }

    @Override
    public int compareTo(Task other) {
      int byClass = traffic.compareTo(other.traffic);
      return byClass != 0 ? byClass : Long.compare(order, other.order);
    }
  }
}
