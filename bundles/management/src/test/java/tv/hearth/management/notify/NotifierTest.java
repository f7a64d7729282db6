package tv.hearth.management.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
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

  /** Rows of a newer release may lack what is written today, and mean something else. */
  @Test
  void aSubscriptionThatIsNotUnderstoodHindersNoOther() throws Exception {
    Files.writeString(
        folder.resolve("table"),
        "last=3\n1.Persistent=true\n1.Mood=odd\n"
            + "2.Persistent=true\n2.Enable=true\n2.NotifType=Threshold\n2.TimeToLive=for ever\n"
            + "3.Persistent=true\n3.Enable=true\n3.NotifType=Event\n3.TimeToLive=9\n"
            + "3.NotifExpiration=never\n3.CreationDate=spring\n");
    Table table = new Table(folder.resolve("table"), MOST);
    Subscriptions subscriptions = new Subscriptions(table, () -> "boss", () -> Instant.EPOCH);
    assertEquals(1, subscriptions.active("Event").size());
    assertEquals(4, subscriptions.create(List.of(), watching(true)));
    assertEquals(1, subscriptions.active("ValueChange").size());
    Table again = new Table(folder.resolve("table"), MOST);
    assertEquals("odd", again.row(1).get("Mood"));
    assertEquals("for ever", again.row(2).get("TimeToLive"));
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
