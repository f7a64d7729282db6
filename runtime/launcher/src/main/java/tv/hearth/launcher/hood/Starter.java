package tv.hearth.launcher.hood;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import tv.hearth.launcher.LauncherException;
import tv.hearth.launcher.ui.Progress;

/**
 * Brings a neighbourhood up and waits until each box knows its neighbours; every wait is bounded.
 */
public final class Starter {
  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration JOIN = Duration.ofSeconds(120);
  private static final long POLL_NANOS = 100_000_000;

  private final Hood hood;
  private final int atOnce;

  /** For that neighbourhood; as many JVMs start at once as the machine has cores, and one more. */
  public Starter(Hood hood) {
    this.hood = hood;
    this.atOnce = Runtime.getRuntime().availableProcessors() + 1;
  }

  /** Broker, headend, ingest node and all boxes; returns when everybody knows everybody. */
  public void up(Progress progress) throws IOException {
    hood.refreshSoftware();
    if (hood.hasEmbeddedBroker() && hood.broker().process().isEmpty()) {
      hood.startBroker();
    }
    if (hood.headend().process().isEmpty()) {
      hood.startHeadend();
    }
    awaitReady(progress);
    boxes(IntStream.rangeClosed(0, hood.size()).boxed().toList(), progress);
  }

  /** Boxes that find nobody back off: broker and headend come first. */
  private void awaitReady(Progress progress) {
    progress.begin("broker and headend", 2);
    if (hood.hasEmbeddedBroker()) {
      await(
          START,
          () -> alive(hood.broker()) && hood.brokerListens(),
          () -> "the broker does not listen after 90 s:\n" + hood.broker().tail());
    }
    progress.at(1);
    await(
        START,
        () -> alive(hood.headend()) && hood.headendListens(),
        () -> "the headend does not listen after 90 s:\n" + hood.headend().tail());
    progress.end();
  }

  private static boolean alive(Node node) {
    requireAlive(node);
    return true;
  }

  /** Starts those boxes that don't run and waits until each has the map with all members. */
  public void boxes(List<Integer> numbers, Progress progress) {
    List<Integer> todo = numbers.stream().filter(n -> hood.box(n).process().isEmpty()).toList();
    start(todo, progress);
    join(numbers, progress);
  }

  private void start(List<Integer> numbers, Progress progress) {
    Deque<Integer> waiting = new ArrayDeque<>(numbers);
    List<Integer> starting = new ArrayList<>();
    int[] up = {0};
    progress.begin("starting", numbers.size());
    while (!waiting.isEmpty() || !starting.isEmpty()) {
      while (starting.size() < atOnce && !waiting.isEmpty()) {
        int number = waiting.remove();
        hood.startBox(number);
        starting.add(number);
      }
      int before = up[0];
      await(
          START,
          () -> starting.removeIf(n -> isUp(n) && ++up[0] > 0) || up[0] > before,
          () -> "not started after " + START.toSeconds() + " s: " + describe(starting));
      progress.at(up[0]);
    }
    progress.end();
  }

  private boolean isUp(int number) {
    Node node = hood.box(number);
    requireAlive(node);
    return new ControlClient(node).isUp();
  }

  private static void requireAlive(Node node) {
    if (node.process().isEmpty()) {
      throw new LauncherException(
          node.name() + " ended by itself; the end of " + node.log() + ":\n" + node.tail());
    }
  }

  private void join(List<Integer> numbers, Progress progress) {
    List<Integer> left = new ArrayList<>(numbers);
    progress.begin("joining", numbers.size());
    await(
        JOIN,
        () -> {
          requireHeadend();
          left.removeIf(n -> knows(n, this::isJoined));
          progress.at(numbers.size() - left.size());
          return left.isEmpty();
        },
        () -> "not joined after " + JOIN.toSeconds() + " s: " + describe(left));
    progress.end();
  }

  private void requireHeadend() {
    requireAlive(hood.headend());
    if (hood.hasEmbeddedBroker()) {
      requireAlive(hood.broker());
    }
  }

  private boolean knows(int number, Predicate<JsonNode> condition) {
    Node node = hood.box(number);
    requireAlive(node);
    return condition.test(new ControlClient(node).status());
  }

  private boolean isJoined(JsonNode status) {
    return status.path("enrolled").asBoolean()
        && status.path("members").asInt() >= hood.size() + 1
        && status.path("reads").asBoolean()
        && !status.path("endpoints").isEmpty()
        && !status.path("gateway").isNull();
  }

  private String describe(List<Integer> numbers) {
    StringBuilder text = new StringBuilder();
    for (int number : numbers) {
      Node node = hood.box(number);
      String state =
          Files.exists(node.controlFile()) ? new ControlClient(node).status().toString() : "";
      text.append("\n").append(node.name()).append(" ").append(state);
      text.append("\n  the end of ").append(node.log()).append(":\n").append(node.tail());
      if (text.length() > 12_000) {
        return text.append("\n…").toString();
      }
    }
    return text.toString();
  }

  /**
   * Waits for a condition; throws with what {@code otherwise} says where it does not come true in
   * time.
   */
  public static void await(
      Duration patience, BooleanSupplier condition, java.util.function.Supplier<String> otherwise) {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new LauncherException(otherwise.get());
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new LauncherException("interrupted");
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  /** Stops everything, boxes first, several at once. */
  public static void down(Hood hood) {
    List<Node> nodes = hood.nodes();
    nodes.subList(0, hood.size() + 1).parallelStream().forEach(Node::stop);
    hood.headend().stop();
    hood.broker().stop();
  }
}
