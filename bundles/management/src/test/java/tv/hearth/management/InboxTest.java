package tv.hearth.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tv.hearth.api.update.Operation;

/** What waits for the agent's thread: nothing is displaced by another kind, and no end is lost. */
class InboxTest {
  private static final int MOST = 4;
  private final List<String> done = new ArrayList<>();
  private final Inbox inbox = new Inbox(MOST, MOST);
  private final Ends ends = new Ends();

  private static Operation ended(String id) {
    return new Operation(
        id,
        "release/a/1.json",
        Operation.Phase.COMMITTED,
        Optional.empty(),
        "",
        1,
        2,
        0,
        0,
        Map.of());
  }

  private void drain() throws InterruptedException {
    for (Runnable next = inbox.next(1); next != null; next = inbox.next(1)) {
      next.run();
    }
  }

  @Test
  void requestsAndHappeningsTakeTurnsAndOneTooManyIsToldSo() throws InterruptedException {
    for (int i = 0; i < 2 * MOST; i++) {
      int number = i;
      assertEquals(i < MOST, inbox.asked(() -> done.add("r" + number)));
    }
    assertTrue(inbox.happened(() -> done.add("h0")), "requests displace no event");
    drain();
    assertEquals(5, done.size());
    assertTrue(done.indexOf("h0") <= 1, "it does not wait behind all of them: " + done);
    assertNull(inbox.next(1));
  }

  @Test
  void noEndIsDroppedHoweverMuchWaits() {
    while (inbox.asked(() -> done.add("r"))) {
      assertTrue(done.isEmpty());
    }
    for (int i = 0; i < 64; i++) {
      ends.add(ended("op" + i));
    }
    assertTrue(ends.isNew());
    ends.take(operation -> done.add(operation.id()));
    assertEquals(64, done.size());
    assertFalse(ends.isNew());
  }

  @Test
  void anEndThatCantBeTakenNowWaits() {
    ends.add(ended("a"));
    ends.add(ended("b"));
    ends.take(
        operation -> {
          if (operation.id().equals("a")) {
            throw new IllegalStateException("the disk is full");
          }
          done.add(operation.id());
        });
    assertEquals(List.of("b"), done);
    ends.take(operation -> done.add(operation.id()));
    ends.take(operation -> done.add("again " + operation.id()));
    assertEquals(List.of("b", "a"), done);
  }
}
