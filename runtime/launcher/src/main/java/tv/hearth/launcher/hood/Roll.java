package tv.hearth.launcher.hood;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Which of this machine's boxes are members, as the headend's registry has it. Immutable. */
public final class Roll {
  private final List<JsonNode> boxes = new ArrayList<>();
  private final Map<String, JsonNode> byClaim = new HashMap<>();
  private final Map<Integer, List<String>> claims;
  private final int members;

  /**
   * From the registry's boxes.
   *
   * @param claims of each number, the present one first
   */
  Roll(JsonNode boxes, Map<Integer, List<String>> claims) {
    this.claims = Map.copyOf(claims);
    int count = 0;
    for (JsonNode box : boxes) {
      this.boxes.add(box);
      byClaim.put(box.path("claim").asText(), box);
      count += why(box).equals("MEMBER") ? 1 : 0;
    }
    members = count;
  }

  /** From the registry's boxes as {@link FleetClient#boxes} has them. */
  public static Roll of(Hood hood, JsonNode boxes) throws IOException {
    Map<Integer, List<String>> claims = new HashMap<>();
    for (int number : IntStream.rangeClosed(0, hood.size()).toArray()) {
      claims.put(number, hood.claimsOf(number));
    }
    return new Roll(OwnIds.claimed(hood, boxes), claims);
  }

  private static String why(JsonNode box) {
    return box.path("departure").asText("MEMBER");
  }

  private Optional<JsonNode> now(int number) {
    return Optional.ofNullable(byClaim.get(claims.get(number).get(0)));
  }

  /** True where the operator removed that box: it joins no more until it is admitted. */
  public boolean isRemoved(int number) {
    return now(number).filter(box -> why(box).equals("OPERATOR")).isPresent();
  }

  /** True where it was silent for too long: it is a member again when it comes. */
  public boolean isSilent(int number) {
    return now(number).filter(box -> why(box).equals("SILENT")).isPresent();
  }

  /** Members that are off and were never a box of this machine, as the registry has them. */
  public List<JsonNode> offElsewhere() {
    Set<String> ours = claims.values().stream().flatMap(List::stream).collect(Collectors.toSet());
    return boxes.stream()
        .filter(box -> why(box).equals("MEMBER") && !box.path("online").asBoolean())
        .filter(box -> !ours.contains(box.path("claim").asText()))
        .toList();
  }

  /** The id of a box that was lost in that place, is still a member, and has no successor yet. */
  public Optional<String> lost(int number) {
    return now(number).isPresent()
        ? Optional.empty()
        : claims.get(number).stream()
            .skip(1)
            .map(byClaim::get)
            .filter(Objects::nonNull)
            .limit(1)
            .filter(box -> why(box).equals("MEMBER"))
            .map(box -> box.get("id").asText())
            .findFirst();
  }

  /**
   * How many members a map has once those boxes have joined: who is a member now, and who of them
   * is none yet, or was silent for too long and comes back by itself.
   */
  int expected(Collection<Integer> starting) {
    long more =
        starting.stream()
            .filter(number -> now(number).filter(box -> !why(box).equals("SILENT")).isEmpty())
            .filter(number -> lost(number).isEmpty())
            .count();
    return members + (int) more;
  }

  /** What is to be done to have removed boxes back. */
  public static String remedy(Collection<Integer> removed) {
    StringBuilder numbers = new StringBuilder();
    removed.forEach(number -> numbers.append(' ').append(number));
    return "removed from the neighbourhood by the operator: hearth box admit"
        + numbers
        + " makes "
        + (removed.size() == 1 ? "it a member" : "them members")
        + " again";
  }
}
