package tv.hearth.tests.benchmarks.process;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import tv.hearth.launcher.hood.ControlClient;
import tv.hearth.launcher.hood.Node;

/** Samples a process's resident memory and heap, by quarters of the bytes that are done. */
final class MemoryWatch implements AutoCloseable {
  static final int QUARTERS = 4;
  private static final long PERIOD_MILLIS = 250;
  private final long[] resident = new long[QUARTERS];
  private final long[] heap = new long[QUARTERS];
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final Node node;
  private final long pid;
  private final long size;
  private volatile long done;

  /** Begins to watch work of {@code size} bytes. */
  MemoryWatch(Node node, long size) throws IOException {
    this.node = node;
    this.size = size;
    this.pid = MemoryCommand.pid(node);
    clock.scheduleWithFixedDelay(this::sample, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** So many bytes are done. */
  void at(long bytes) {
    done = bytes;
  }

  private void sample() {
    try {
      long now = Proc.resident(pid);
      long used = new ControlClient(node).status().path("heap").asLong();
      synchronized (this) {
        int quarter = (int) Math.min(QUARTERS - 1, done * QUARTERS / size);
        resident[quarter] = Math.max(resident[quarter], now);
        heap[quarter] = Math.max(heap[quarter], used);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  synchronized long[] resident() {
    return resident.clone();
  }

  synchronized long[] heap() {
    return heap.clone();
  }

  /** The last quarter's maximum over the second's; throws where one was too short to be sampled. */
  synchronized double growth() {
    if (Arrays.stream(resident).anyMatch(value -> value == 0)) {
      throw new IllegalStateException(
          "too short to be sampled in each quarter: take a larger size");
    }
    return (double) resident[QUARTERS - 1] / resident[1];
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
