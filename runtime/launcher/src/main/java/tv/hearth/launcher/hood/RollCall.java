package tv.hearth.launcher.hood;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tv.hearth.launcher.LauncherException;

/** Asks the headend who is a member, once a second at most. One thread at a time. */
public final class RollCall {
  private static final long EVERY_NANOS = 1_000_000_000;
  private final Hood hood;
  private FleetClient client;
  private Optional<Roll> roll = Optional.empty();
  private long asked;

  /** Asks that neighbourhood's headend. */
  public RollCall(Hood hood) {
    this.hood = hood;
    this.asked = System.nanoTime() - EVERY_NANOS;
  }

  /** Which of those the operator removed; none while the headend does not answer. */
  public List<Integer> removed(List<Integer> numbers) {
    return now().map(known -> numbers.stream().filter(known::isRemoved).toList()).orElse(List.of());
  }

  /** Throws, with the remedy, where the operator removed one of them: it gets no map any more. */
  void requireMembers(List<Integer> numbers) {
    List<Integer> removed = removed(numbers);
    if (!removed.isEmpty()) {
      String names =
          removed.stream().map(n -> hood.box(n).name()).collect(Collectors.joining(", "));
      throw new LauncherException(names + ": " + Roll.remedy(removed));
    }
  }

  /** How many a map must have; all of this machine's where the headend does not say. */
  int expected(List<Integer> starting) {
    int all = hood.size() + 1;
    return now().map(known -> Math.min(all, known.expected(starting))).orElse(all);
  }

  private Optional<Roll> now() {
    if (System.nanoTime() - asked >= EVERY_NANOS) {
      roll = hood.headendListens() ? ask() : Optional.empty();
      asked = System.nanoTime();
    }
    return roll;
  }

  private Optional<Roll> ask() {
    try {
      client = client == null ? new FleetClient(hood) : client;
      return Optional.of(Roll.of(hood, client.boxes()));
    } catch (IOException | LauncherException e) {
      System.getLogger(RollCall.class.getName())
          .log(System.Logger.Level.DEBUG, "the headend does not say who is a member", e);
      return Optional.empty();
    }
  }
}
