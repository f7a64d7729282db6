package tv.hearth.management.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.management.model.DataModel;
import tv.hearth.management.store.Table;

class NotifierTest {
  private static final int MOST = 8;

  @TempDir private Path folder;

  @Test
  void whatDeletedSubscriptionsSawIsForgotten() throws Exception {
    InstantSource clock = () -> Instant.EPOCH;
    Subscriptions subscriptions =
        new Subscriptions(new Table(folder.resolve("table"), MOST), () -> "boss", clock);
    Notifier notifier =
        new Notifier(
            subscriptions,
            new DataModel(() -> List.of(subscriptions)),
            (controller, message) -> {},
            folder.resolve("pending"),
            clock,
            new Random(1));
    for (int i = 0; i < 3 * MOST; i++) {
      int number = subscriptions.create(List.of(), watching(i % 2 == 0));
      notifier.tick();
      assertEquals(1, notifier.remembered());
      subscriptions.delete(List.of(number));
    }
    notifier.tick();
    assertEquals(0, notifier.remembered());
  }

  private static Map<String, String> watching(boolean values) {
    return Map.of(
        "Enable",
        "true",
        "NotifType",
        values ? "ValueChange" : "ObjectCreation",
        "ReferenceList",
        "Device.LocalAgent.Subscription.");
  }
}
