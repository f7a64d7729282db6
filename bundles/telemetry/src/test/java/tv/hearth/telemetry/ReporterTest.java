package tv.hearth.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.bus.Message;
import tv.hearth.api.bus.MessageBus;

class ReporterTest {
  private static final Reading NOTHING = new Reading(List.of(), List.of(), List.of());

  @TempDir Path dir;

  private final List<Message> sent = new ArrayList<>();
  private boolean up;
  private boolean stopped;

  private final Reporter.Line line =
      new Reporter.Line() {
        @Override
        public Optional<MessageBus> bus() {
          return up ? Optional.of(new Bus()) : Optional.empty();
        }

        @Override
        public Optional<String> topic() {
          return Optional.of("hearth/v1/hamlet/box/x/up/telemetry");
        }
      };

  @Test
  void aFreshReportGoesAtOnceAsJson() throws Exception {
    up = true;
    new Reporter(store(), line).report(60, NOTHING);
    Message message = sent.get(0);
    assertEquals(Optional.of("application/json"), message.contentType());
    assertEquals("hearth/v1/hamlet/box/x/up/telemetry", message.topic());
    assertEquals(1, message.qos());
    assertEquals(
        "{\"Report\":[{\"CollectionTime\":60,\"telemetry.left.meters\":0}]}", text(message));
  }

  @Test
  void whatWasTakenWhileTheLineWasDownFollowsAsLateOldestFirst() throws Exception {
    Reporter first = new Reporter(store(), line);
    for (int i = 0; i < 40; i++) {
      first.report(i, NOTHING);
    }
    Reporter restarted = new Reporter(store(), line);
    up = true;
    restarted.report(100, NOTHING);
    assertEquals(4, sent.size());
    assertTrue(text(sent.get(0)).contains("\"CollectionTime\":100"));
    assertTrue(text(sent.get(1)).startsWith("{\"Report\":[{\"Late\":true,\"CollectionTime\":0,"));
    assertTrue(text(sent.get(3)).contains("{\"Late\":true,\"CollectionTime\":39,"));
    assertEquals(0, store().reports());
  }

  @Test
  void aReportThatAStoppedBusDidNotTakeFollowsAsLate() throws Exception {
    up = true;
    stopped = true;
    Reporter reporter = new Reporter(store(), line);
    reporter.report(60, NOTHING);
    assertEquals(1, store().reports());
    stopped = false;
    reporter.report(120, NOTHING);
    assertEquals(2, sent.size());
    assertTrue(text(sent.get(1)).contains("{\"Late\":true,\"CollectionTime\":60,"));
    assertEquals(0, store().reports());
  }

  @Test
  void aLongAbsenceIsMadeUpForInSteps() throws Exception {
    Reporter reporter = new Reporter(store(), line);
    for (int i = 0; i < 100; i++) {
      reporter.report(i, NOTHING);
    }
    up = true;
    reporter.report(100, NOTHING);
    assertEquals(100 - 64, store().reports());
    reporter.report(101, NOTHING);
    assertEquals(0, store().reports());
  }

  @Test
  void aDiskThatRefusesIsCountedAndHarmsNothing() throws Exception {
    ReportStore store = store();
    Files.delete(dir.resolve("reports"));
    Files.writeString(dir.resolve("reports"), "a file in place of the folder");
    Reporter reporter = new Reporter(store, line);
    reporter.report(1, NOTHING);
    reporter.report(2, NOTHING);
    assertEquals(2, reporter.lost());
    assertTrue(
        reporter.trouble().startsWith("a report can't be kept (2 lost since the start): "),
        reporter.trouble());
    assertTrue(reporter.trouble().contains("reports"), "names the file: " + reporter.trouble());
    up = true;
    reporter.report(3, NOTHING);
    assertEquals(1, sent.size());
    assertEquals("", reporter.trouble(), "nothing is lost while all go out");
    up = false;
    reporter.report(4, NOTHING);
    assertTrue(reporter.trouble().contains("3 lost"), reporter.trouble());
    Files.delete(dir.resolve("reports"));
    Files.createDirectory(dir.resolve("reports"));
    reporter.report(5, NOTHING);
    assertEquals("", reporter.trouble(), "the disk takes them again");
  }

  @Test
  void intervalsVaryWithinTheirJitterAndKeepTheirMean() {
    SplittableRandom random = new SplittableRandom(7);
    Schedule schedule = new Schedule(60_000, 0.2);
    double sum = 0;
    for (int i = 0; i < 10_000; i++) {
      long wait = schedule.next(random);
      assertTrue(wait >= 48_000 && wait <= 72_000, "wait " + wait);
      sum += wait;
    }
    assertEquals(60_000, sum / 10_000, 500);
    assertEquals(1_000, new Schedule(1_000, 0).next(random));
  }

  private ReportStore store() throws Exception {
    return new ReportStore(dir.resolve("reports"), 1_000, 1 << 20);
  }

  private static String text(Message message) {
    return new String(message.payload().toArray(), StandardCharsets.UTF_8);
  }

  private final class Bus implements MessageBus {
    @Override
    public boolean connected() {
      return true;
    }

    @Override
    public void publish(Message message) {
      if (stopped) {
        throw new NoClassDefFoundError("mqtt/NeverUsedBefore");
      }
      sent.add(message);
    }

    @Override
    public boolean offer(Message message) {
      return false;
    }
  }
}
