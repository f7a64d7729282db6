package tv.hearth.launcher.hood;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tv.hearth.launcher.LauncherException;
import tv.hearth.launcher.ui.Progress;
import tv.hearth.support.problem.FileProblem;

/**
 * Brings a neighbourhood up and waits until each box knows its neighbours: as long as something
 * moves, and no longer. A node that ran when this began and ends now, as right after a {@code kill
 * -9}, is started again; one that was started here and ends by itself is a failure.
 */
public final class Starter {
  private static final Duration STANDSTILL = Duration.ofMinutes(3);
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final long POLL_NANOS = 100_000_000;
  private static final int MOST_TOLD = 3;

  private final Hood hood;
  private final int atOnce;
  private final Set<String> started = new HashSet<>();
  private final Headway headway = new Headway();
  private final RollCall members;

  /** For that neighbourhood; as many JVMs start at once as the machine has cores, and one more. */
  public Starter(Hood hood) {
    this.hood = hood;
    this.members = new RollCall(hood);
    this.atOnce = Runtime.getRuntime().availableProcessors() + 1;
  }

  /**
   * Broker, headend, ingest node and all boxes but those that the operator removed; returns when
   * everybody knows everybody.
   *
   * @return the numbers of the boxes that were removed and not started
   */
  public List<Integer> up(Progress progress) throws IOException {
    hood.refreshSoftware();
    operator(progress);
    List<Integer> numbers = IntStream.rangeClosed(0, hood.size()).boxed().toList();
    List<Integer> removed = members.removed(numbers);
    boxes(numbers.stream().filter(number -> !removed.contains(number)).toList(), progress);
    return removed;
  }

  /** Boxes that find nobody back off: broker and headend come first. */
  private void operator(Progress progress) {
    progress.begin("starting broker and headend", 2);
    if (hood.hasEmbeddedBroker()) {
      listen(hood.broker(), hood::startBroker, hood::brokerListens, progress, 0);
    }
    listen(hood.headend(), hood::startHeadend, hood::headendListens, progress, 1);
    progress.end();
  }

  private void listen(
      Node node, Start start, BooleanSupplier listens, Progress progress, int before) {
    new Waiting(STANDSTILL)
        .until(
            () -> {
              keep(node, start);
              progress.at(before);
              return listens.getAsBoolean();
            },
            () -> headway.of(node),
            () -> "the " + node.name() + " does not listen" + end(node));
  }

  /**
   * Starts those boxes that don't run and waits until each has the map with all members. A box that
   * the operator removed never gets it: refused.
   */
  public void boxes(List<Integer> numbers, Progress progress) {
    members.requireMembers(numbers);
    start(numbers, progress);
    join(numbers, progress);
  }

  private void start(List<Integer> numbers, Progress progress) {
    Deque<Integer> todo = new ArrayDeque<>(numbers);
    List<Integer> starting = new ArrayList<>();
    progress.begin("starting boxes", numbers.size());
    new Waiting(STANDSTILL)
        .until(
            () -> {
              while (starting.size() < atOnce && !todo.isEmpty()) {
                starting.add(todo.remove());
              }
              starting.forEach(this::keep);
              starting.removeIf(number -> new ControlClient(hood.box(number)).isUp());
              progress.at(numbers.size() - todo.size() - starting.size());
              return todo.isEmpty() && starting.isEmpty();
            },
            () -> todo.size() + " " + headway.of(hood, starting),
            () -> "not started yet: " + describe(starting));
    progress.end();
  }

  private void join(List<Integer> numbers, Progress progress) {
    List<Integer> left = new ArrayList<>(numbers);
    progress.begin("letting boxes join", numbers.size());
    new Waiting(STANDSTILL)
        .until(
            () -> {
              keepOperator();
              members.requireMembers(left);
              int expected = members.expected(numbers);
              left.forEach(this::keep);
              left.removeIf(number -> joined(number, expected));
              progress.at(numbers.size() - left.size());
              return left.isEmpty();
            },
            () -> headway.of(hood, left),
            () -> "not joined yet: " + describe(left));
    progress.end();
  }

  private void keepOperator() {
    keep(hood.headend(), hood::startHeadend);
    if (hood.hasEmbeddedBroker()) {
      keep(hood.broker(), hood::startBroker);
    }
  }

  private void keep(int number) {
    keep(hood.box(number), () -> hood.startBox(number));
  }

  private void keep(Node node, Start start) {
    if (node.process().isPresent()) {
      return;
    }
    if (!started.add(node.name())) {
      throw new LauncherException(node.name() + " ended by itself" + end(node));
    }
    try {
      start.run();
    } catch (IOException e) {
      throw new LauncherException("can't start " + node.name() + ": " + FileProblem.words(e), e);
    }
  }

  private boolean joined(int number, int expected) {
    try {
      JsonNode status = new ControlClient(hood.box(number)).status(LOOK);
      headway.told(hood.box(number), status);
      return serves(status)
          && status.path("members").asInt() >= expected
          && !status.path("gateway").isNull();
    } catch (LauncherException e) {
      headway.silent(hood.box(number));
      return false;
    }
  }

  /** True for the status of a box that neighbours can ask for what it holds. */
  public static boolean serves(JsonNode status) {
    return status.path("enrolled").asBoolean()
        && status.path("reads").asBoolean()
        && !status.path("endpoints").isEmpty();
  }

  private String describe(List<Integer> numbers) {
    String names =
        numbers.stream().map(n -> hood.box(n).name()).collect(Collectors.joining(", ")) + ".";
    return names
        + " If this machine is busy, run 'hearth up' again: it goes on from here."
        + numbers.stream()
            .limit(MOST_TOLD)
            .map(n -> "\n" + headway.last(hood.box(n)) + end(hood.box(n)))
            .collect(Collectors.joining());
  }

  private static String end(Node node) {
    return "; the end of " + node.log() + ":\n" + node.tail();
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

  /** Starts a node. */
  private interface Start {
    void run() throws IOException;
  }
}
