package tv.hearth.telemetry;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.stream.LongStream;
import tv.hearth.api.telemetry.Meter;
import tv.hearth.api.telemetry.MeterSource;

/** What the Java machine says of itself. Counts the whole framework, the vendor's bundles too. */
final class JvmMeters implements MeterSource {
  @Override
  public List<Meter> read() {
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    MemoryUsage other = ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage();
    List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
    return List.of(
        Meter.gauge("jvm.heap.used.bytes", heap.getUsed()),
        Meter.gauge("jvm.heap.max.bytes", heap.getMax()),
        Meter.gauge("jvm.other.used.bytes", other.getUsed()),
        Meter.gauge("jvm.threads.count", ManagementFactory.getThreadMXBean().getThreadCount()),
        Meter.counter(
            "jvm.gc.count", sum(collectors.stream().mapToLong(gc -> gc.getCollectionCount()))),
        Meter.counter(
            "jvm.gc.millis", sum(collectors.stream().mapToLong(gc -> gc.getCollectionTime()))),
        Meter.counter(
            "jvm.uptime.seconds", ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0));
  }

  /** A collector that doesn't know says -1. */
  private static long sum(LongStream values) {
    return values.filter(value -> value > 0).sum();
  }
}
