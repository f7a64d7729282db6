package tv.hearth.tuf.release;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The way of a box to a release that it is too old for: over releases that were published before,
 * of which each can be installed from the one before it. Pure.
 */
public final class Stones {
  private final List<Stone> published;

  /** Over all that a repository holds. */
  public Stones(Collection<Stone> published) {
    this.published = List.copyOf(published);
  }

  /**
   * A box as it is.
   *
   * @param counter of what it runs; 0 for the firmware's own set
   * @param level of its neighbourhood
   * @param versions its bundles, symbolic name to version
   */
  public record Box(String model, long counter, int level, Map<String, String> versions) {
    /** Copies. */
    public Box {
      versions = Map.copyOf(versions);
    }

    private boolean takes(Stone stone) {
      return stone.counter() > counter && stone.from().tooOld(versions).isEmpty();
    }
  }

  /**
   * What the box is to install now on its way: the goal itself, else the newest stone that it can
   * install and that leads there; empty where none does.
   */
  public Optional<Stone> next(Stone goal, Box box) {
    // A box that is not below the goal's counter says itself that it needs nothing.
    if (box.counter() >= goal.counter() || box.takes(goal)) {
      return Optional.of(goal);
    }
    return leading(goal, box).stream()
        .filter(box::takes)
        .max(Comparator.comparingLong(Stone::counter));
  }

  /** Stones from which the goal is reached, found from the goal downwards. */
  private List<Stone> leading(Stone goal, Box box) {
    List<Stone> below = new ArrayList<>();
    for (Stone stone : published) {
      if (stone.counter() < goal.counter() && stone.suits(box.model(), box.level())) {
        below.add(stone);
      }
    }
    below.sort(Comparator.comparingLong(Stone::counter).reversed());
    List<Stone> leading = new ArrayList<>();
    for (Stone stone : below) {
      boolean reaches =
          goal.follows(stone) || leading.stream().anyMatch(later -> later.follows(stone));
      if (reaches) {
        leading.add(stone);
      }
    }
    return leading;
  }
}
