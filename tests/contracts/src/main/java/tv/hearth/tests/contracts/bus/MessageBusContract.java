package tv.hearth.tests.contracts.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tv.hearth.api.bus.Message;
import tv.hearth.api.bus.MessageBus;
import tv.hearth.api.bus.MessageHandler;
import tv.hearth.api.value.Bytes;

/**
 * Run for an implementation by a subclass that brings a bus and its broker. The bus may publish to
 * and read from {@link #topic}.
 */
public abstract class MessageBusContract {
  private static final Duration MOST = Duration.ofMinutes(2);

  /** The bus, connected or about to be. */
  protected abstract MessageBus bus();

  /** A topic of this test's own that the bus may write, under which the other side listens. */
  protected abstract String topic();

  /** What the other side heard under {@link #topic} from now on, in order. */
  protected abstract List<Message> otherSide() throws Exception;

  /** Registers a handler for a topic that {@link #send} reaches. */
  protected abstract void register(MessageHandler handler);

  /** Sends to the topic of {@link #register} from the other side. */
  protected abstract void send(Message message);

  /** The topic that {@link #send} must use. */
  protected abstract String incoming();

  /** What is published arrives, in order, none missing. */
  @Test
  public void publishedMessagesArriveInOrder() throws Exception {
    List<Message> heard = otherSide();
    List<String> sent = IntStream.range(0, 100).mapToObj(i -> "m" + i).toList();
    sent.forEach(text -> bus().publish(message(topic(), text)));
    await("all messages", () -> firsts(heard).size() == sent.size());
    assertEquals(sent, firsts(heard));
  }

  /** All fields of a message arrive. */
  @Test
  public void propertiesArrive() throws Exception {
    List<Message> heard = otherSide();
    bus().publish(message(topic(), "{}").withContentType("application/json"));
    await("message", () -> !heard.isEmpty());
    assertEquals(Optional.of("application/json"), heard.get(0).contentType());
    assertEquals(Bytes.of("{}".getBytes(StandardCharsets.UTF_8)), heard.get(0).payload());
    assertFalse(heard.get(0).retained());
  }

  /** An offer to a connected bus arrives. */
  @Test
  public void offersArriveWhileConnected() throws Exception {
    List<Message> heard = otherSide();
    await("connection", bus()::connected);
    assertTrue(bus().offer(message(topic(), "now")));
    await("offer", () -> firsts(heard).contains("now"));
  }

  /** Incoming messages are handled in order, and a handler that throws harms no other. */
  @Test
  public void handlersGetWhatComesInOrder() {
    List<String> handled = new CopyOnWriteArrayList<>();
    register(
        message -> {
          throw new IllegalStateException("a handler of the contract that throws");
        });
    register(message -> handled.add(text(message)));
    await("connection", bus()::connected);
    await(
        "subscription",
        () -> {
          send(message(incoming(), "ready"));
          return handled.contains("ready");
        });
    List<String> sent = IntStream.range(0, 50).mapToObj(i -> "in" + i).toList();
    sent.forEach(text -> send(message(incoming(), text)));
    await("all messages", () -> handled.containsAll(sent));
    List<String> firsts = new ArrayList<>(new LinkedHashSet<>(handled));
    firsts.remove("ready");
    assertEquals(sent, firsts);
  }

  /** A topic that is none is refused at once. */
  @Test
  public void wildcardsAreNoTopics() {
    Message wild = message("hearth/#", "x");
    assertThrows(IllegalArgumentException.class, () -> bus().publish(wild));
    assertThrows(IllegalArgumentException.class, () -> bus().offer(wild));
  }

  private static List<String> firsts(List<Message> heard) {
    return List.copyOf(new LinkedHashSet<>(heard.stream().map(MessageBusContract::text).toList()));
  }

  private static Message message(String topic, String text) {
    return Message.of(topic, text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(Message message) {
    return new String(message.payload().toArray(), StandardCharsets.UTF_8);
  }

  private static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + MOST.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + MOST + ": " + what);
      }
      LockSupport.parkNanos(20_000_000);
    }
  }
}
