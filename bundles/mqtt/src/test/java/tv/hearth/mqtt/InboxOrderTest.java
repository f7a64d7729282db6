package tv.hearth.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The inbox's steps, one by one, with a handler that comes between any two of them. */
class InboxOrderTest {
  private final Handlers handlers = new Handlers(() -> {});
  private final Inbox inbox = new Inbox(handlers, 8);
  private final Ears ears = new Ears();

  @Test
  void aHandlerThatComesBetweenTakingAndDeliveringHearsTheParkedOneFirst() throws Exception {
    arrive("1");
    inbox.take().forEach(inbox::deliver);
    arrive("2");
    List<Inbox.Arrival> taken = inbox.take();
    handlers.put(ears, Ears.topics("t/#"));
    taken.forEach(inbox::deliver);
    assertEquals(List.of("1", "2"), ears.texts());
    assertEquals(0, inbox.counts().waiting());
    assertEquals(2, inbox.counts().delivered());
  }

  @Test
  void whatIsTakenOutForAHandlerThatLeavesAgainKeepsItsPlace() throws Exception {
    arrive("1");
    inbox.take().forEach(inbox::deliver);
    handlers.put(new Ears(), Ears.topics("t/1"));
    List<Inbox.Arrival> taken = inbox.take();
    handlers.remove(handlers.view().filters().keySet().iterator().next());
    taken.forEach(inbox::deliver);
    arrive("2");
    inbox.take().forEach(inbox::deliver);
    handlers.put(ears, Ears.topics("t/#"));
    inbox.take().forEach(inbox::deliver);
    assertEquals(List.of("1", "2"), ears.texts());
  }

  @Test
  void anotherTopicsMessageDoesNotOvertakeEitherWhereOneHandlerWantsBoth() throws Exception {
    arrive("1");
    inbox.take().forEach(inbox::deliver);
    inbox.offer(arrival("other", "2"));
    List<Inbox.Arrival> taken = inbox.take();
    handlers.put(ears, Ears.topics("t/#", "other"));
    taken.forEach(inbox::deliver);
    assertEquals(List.of("1", "2"), ears.texts());
  }

  @Test
  void anErrorInAHandlerOrAnAcknowledgementLosesNothingBehindIt() throws Exception {
    arrive("1");
    inbox.take().forEach(inbox::deliver);
    inbox.offer(
        new Inbox.Arrival(
            null,
            TestBus.text("t/1", "2"),
            Moment.now().ticksMillis(),
            () -> {
              throw new IllegalStateException("of the test");
            }));
    handlers.put(
        message -> {
          throw new StackOverflowError("of the test");
        },
        Ears.topics("t/1"));
    handlers.put(ears, Ears.topics("t/#"));
    inbox.take().forEach(inbox::deliver);
    inbox.take().forEach(inbox::deliver);
    assertEquals(List.of("1", "2"), ears.texts());
    assertEquals(1, inbox.threadFailures().count());
    assertEquals(2, inbox.counts().failures());
  }

  private void arrive(String text) {
    inbox.offer(arrival("t/1", text));
  }

  private static Inbox.Arrival arrival(String topic, String text) {
    return new Inbox.Arrival(null, TestBus.text(topic, text), Moment.now().ticksMillis(), () -> {});
  }
}
