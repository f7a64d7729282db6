package tv.hearth.launcher.hood;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How far nodes are that start: what changes as long as they get on. Their log grows, their state
 * changes, and until a start's usual processor time is used up, that they work at all counts too. A
 * node that spins for ever stands still all the same. One thread at a time.
 */
final class Headway {
  private static final long USUAL_SECONDS = 180;
  private static final long STEP_SECONDS = 5;
  private static final List<String> STEPS =
      List.of("enrolled", "map", "members", "reads", "broker", "gateway", "endpoints", "health");
  private final Map<String, String> told = new HashMap<>();

  /** A value that differs from the last where the node got on. */
  String of(Node node) {
    long log = node.log().toFile().length();
    long work =
        node.process()
            .flatMap(handle -> handle.info().totalCpuDuration())
            .map(Duration::toSeconds)
            .orElse(0L);
    return node.name()
        + " "
        + log
        + " "
        + Math.min(work, USUAL_SECONDS) / STEP_SECONDS
        + " "
        + told.get(node.name());
  }

  /** The same of several boxes. */
  String of(Hood hood, List<Integer> numbers) {
    return numbers.stream().map(n -> of(hood.box(n))).collect(Collectors.joining("\n"));
  }

  /** What a node told of itself. */
  void told(Node node, JsonNode status) {
    told.put(
        node.name(),
        STEPS.stream()
            .filter(status::has)
            .map(step -> step + " " + status.get(step))
            .collect(Collectors.joining(", ")));
  }

  /** A node did not answer. */
  void silent(Node node) {
    told.put(node.name(), "does not answer");
  }

  /** What it told last, in a line. */
  String last(Node node) {
    return node.name() + ": " + told.getOrDefault(node.name(), "said nothing yet");
  }
}
