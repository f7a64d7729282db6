package tv.hearth.telemetry;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tv.hearth.api.bus.Message;
import tv.hearth.api.bus.MessageBus;
import tv.hearth.api.value.Bytes;
import tv.hearth.support.problem.FileProblem;

/**
 * Sends a report, or keeps it where the line is down; what was kept follows, marked as late, some
 * at a time. A store of its own, so that no report drives another bundle's message out of the bus's
 * outbox. Used by one thread; time comes in as a parameter.
 */
final class Reporter {
  private static final Logger LOG = System.getLogger(Reporter.class.getName());
  private static final String TYPE = "application/json";
  private static final int BATCH = 16;
  private static final int BATCHES = 4;
  private static final Duration EXPIRY = Duration.ofDays(1);

  private final ReportStore store;
  private final Line line;
  private volatile long lost;
  private volatile String trouble = "";

  /** The way out. */
  interface Line {
    /** The bus, where it is there and connected. */
    Optional<MessageBus> bus();

    /** Where reports go; empty before this box knows its neighbourhood. */
    Optional<String> topic();
  }

  Reporter(ReportStore store, Line line) {
    this.store = store;
    this.line = line;
  }

  /** Reports a reading taken at that time. */
  void report(long secondsSince1970, Reading reading) {
    String report = Report.encode(secondsSince1970, reading);
    Optional<MessageBus> bus = line.bus();
    Optional<String> topic = line.topic();
    if (bus.isPresent() && topic.isPresent() && isSent(bus.get(), topic.get(), report)) {
      forward(bus.get(), topic.get());
    } else {
      keep(report);
    }
  }

  /** False where the bus was replaced between being found and being used. */
  private static boolean isSent(MessageBus bus, String topic, String report) {
    try {
      bus.publish(message(topic, List.of(report), false));
      return true;
    } catch (RuntimeException | LinkageError e) {
      LOG.log(Level.DEBUG, "the bus took no report, which is kept", e);
      return false;
    }
  }

  /** Reports that could not even be kept. */
  long lost() {
    return lost;
  }

  /**
   * For health, while reports are lost or late because of the disk; empty once one was kept again,
   * or all go out. From any thread.
   */
  String trouble() {
    return trouble;
  }

  private void forward(MessageBus bus, String topic) {
    try {
      for (int i = 0; i < BATCHES && store.reports() > 0; i++) {
        ReportStore.Batch batch = store.oldest(BATCH);
        if (!batch.reports().isEmpty()) {
          bus.publish(message(topic, batch.reports(), true));
        }
        store.remove(batch);
      }
      trouble = "";
    } catch (IOException e) {
      complain("kept reports can't be read", e);
    }
  }

  private void keep(String report) {
    try {
      store.add(report);
      trouble = "";
    } catch (IOException e) {
      lost = lost + 1;
      complain("a report can't be kept", e);
    }
  }

  private void complain(String what, IOException cause) {
    LOG.log(trouble.isEmpty() ? Level.ERROR : Level.DEBUG, what, cause);
    trouble =
        what
            + " ("
            + lost
            + " lost since the start): "
            + FileProblem.words(cause)
            + "; is the disk full or read-only?";
  }

  private static Message message(String topic, List<String> reports, boolean late) {
    byte[] json = Report.message(reports, late).getBytes(StandardCharsets.UTF_8);
    return new Message(
        topic,
        Bytes.of(json),
        1,
        false,
        Optional.of(EXPIRY),
        Optional.of(TYPE),
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }
}
