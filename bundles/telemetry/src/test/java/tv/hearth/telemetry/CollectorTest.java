package tv.hearth.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tv.hearth.api.health.HealthProbe;
import tv.hearth.api.telemetry.Meter;
import tv.hearth.api.telemetry.MeterSource;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class CollectorTest {
  private final Sources<MeterSource> meters = new Sources<>();
  private final Sources<HealthProbe> probes = new Sources<>();
  private final Semaphore hanging = new Semaphore(0);
  private final TimedCalls calls = new TimedCalls(100, new UntilItHangs());
  private final Collector collector = new Collector(meters, probes, calls);
  private final CountDownLatch never = new CountDownLatch(1);

  @AfterEach
  void end() {
    never.countDown();
    calls.close();
  }

  @Test
  void aSourceThatThrowsIsNamedAndTheOthersAreHeard() throws Exception {
    add("tv.hearth.good.Good", () -> List.of(Meter.gauge("good.value", 1)));
    add(
        "tv.hearth.bad.Bad",
        () -> {
          throw new IllegalStateException("no");
        });
    add("tv.hearth.bad.Null", () -> null);
    Reading reading = collector.read();
    assertTrue(names(reading).contains("good.value"));
    assertTrue(why(reading, "bad.Bad").contains("IllegalStateException: no"));
    assertTrue(why(reading, "bad.Null").contains("NullPointerException"));
  }

  @Test
  void aSourceThatHangsIsCutOffAndNotAskedAgainWhileItHangs() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    add(
        "slow",
        () -> {
          asked.incrementAndGet();
          awaitDeafly();
          return List.of(Meter.gauge("slow.value", 1));
        });
    assertEquals("took longer than 100 ms", why(collector.read(), "slow"));
    assertEquals("still hangs in an earlier call", why(collector.read(), "slow"));
    assertEquals(1, asked.get());
    never.countDown();
    Reading after = collector.read();
    while (!names(after).contains("slow.value")) {
      assertEquals("still hangs in an earlier call", why(after, "slow"));
      after = collector.read();
    }
    assertEquals(2, asked.get(), "asked again once it had ended");
  }

  @Test
  void manyThatHangHoldFewThreads() throws Exception {
    for (int i = 0; i < 10; i++) {
      add(
          "hangs-" + i,
          () -> {
            awaitDeafly();
            return List.of();
          });
    }
    Reading reading = collector.read();
    assertEquals(10, reading.troubles().size());
    long refused =
        reading.troubles().stream().filter(each -> each.why().startsWith("not asked")).count();
    assertEquals(10 - TimedCalls.MOST_THREADS, refused);
  }

  @Test
  void aSourceThatSaysTooMuchIsCutShort() throws Exception {
    add("long", () -> IntStream.range(0, 300).mapToObj(i -> Meter.gauge("long.v" + i, i)).toList());
    Reading reading = collector.read();
    assertEquals(
        Collector.MOST_METERS, names(reading).stream().filter(n -> n.startsWith("long.")).count());
    assertEquals("300 meters; at most 256 are taken", why(reading, "long"));
  }

  @Test
  void healthAndTheJavaMachineAreInIt() throws Exception {
    probes.put(() -> HealthProbe.Health.degraded("slow disk"), Map.of("service.id", 7L));
    Reading reading = collector.read();
    assertEquals("service-7", reading.health().get(0).name());
    assertEquals("slow disk", reading.health().get(0).health().reason());
    assertTrue(
        names(reading)
            .containsAll(
                List.of(
                    "jvm.heap.used.bytes",
                    "jvm.threads.count",
                    "jvm.gc.count",
                    "jvm.uptime.seconds")));
  }

  private void add(String name, MeterSource source) {
    meters.put(source, Map.of("component.name", name));
  }

  private static List<String> names(Reading reading) {
    return reading.meters().stream().map(Meter::name).toList();
  }

  private static String why(Reading reading, String source) {
    return reading.troubles().stream()
        .filter(trouble -> trouble.source().equals(source))
        .findFirst()
        .orElseThrow()
        .why();
  }

  /** As a source that does not heed interrupts. */
  private void awaitDeafly() {
    hanging.release();
    while (never.getCount() > 0) {
      try {
        never.await();
      } catch (InterruptedException e) {
        continue; // deaf
      }
    }
  }

  /** However slow the machine is: a call has taken too long as soon as its source hangs. */
  private final class UntilItHangs implements TimedCalls.Patience {
    @Override
    public <T> T await(Future<T> answer, long most, TimeUnit unit)
        throws InterruptedException, ExecutionException, TimeoutException {
      while (!answer.isDone()) {
        if (never.getCount() > 0 && hanging.tryAcquire(1, TimeUnit.MILLISECONDS)) {
          throw new TimeoutException("it hangs");
        }
      }
      return answer.get();
    }
  }
}
