package tv.hearth.headend.campaign.service;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import tv.hearth.api.operator.PublishedFiles;
import tv.hearth.headend.campaign.rollout.Wanted;
import tv.hearth.headend.campaign.service.CampaignException.Problem;
import tv.hearth.headend.campaign.shelf.Shelf;
import tv.hearth.headend.campaign.shelf.ShelfException;
import tv.hearth.tuf.release.Stone;
import tv.hearth.tuf.release.Stones;

/**
 * Ways over the releases of the repository that this headend serves. It is read once for each state
 * that it was published in. Where it can't be read, or is another server's, the way is straight:
 * boxes refuse by themselves what they are too old for. Thread-safe.
 */
public final class ServedWay implements Way {
  private static final Logger LOG = System.getLogger(ServedWay.class.getName());

  private final Supplier<Optional<PublishedFiles>> files;
  private final IntSupplier level;
  private final Function<String, String> model;
  private Published published = new Published("", List.of());

  private record Published(String stamp, List<Stone> stones) {
    Optional<Stone> find(Wanted wanted) {
      return stones.stream()
          .filter(s -> new Wanted(s.target(), s.counter()).is(wanted))
          .findFirst();
    }
  }

  /**
   * Over what is served at the moment.
   *
   * @param files empty where this headend serves no repository
   * @param level of the neighbourhood
   * @param model of a box
   */
  public ServedWay(
      Supplier<Optional<PublishedFiles>> files, IntSupplier level, Function<String, String> model) {
    this.files = files;
    this.level = level;
    this.model = model;
  }

  @Override
  public boolean asks(Wanted goal) {
    return published().find(goal).filter(stone -> !stone.from().isEmpty()).isPresent();
  }

  @Override
  public Wanted next(String box, Wanted goal, long counter, Map<String, String> versions)
      throws CampaignException {
    Published now = published();
    Optional<Stone> end = now.find(goal);
    if (end.isEmpty()) {
      return goal;
    }
    Stones.Box at = new Stones.Box(model.apply(box), counter, level.getAsInt(), versions);
    Stone next =
        new Stones(now.stones())
            .next(end.get(), at)
            .orElseThrow(
                () ->
                    new CampaignException(
                        Problem.UNREACHED,
                        goal.target()
                            + " can't be installed over what is there, "
                            + String.join(", ", end.get().from().tooOld(versions))
                            + ", and no published release leads from there to it: publish one"
                            + " between, and then this one with a higher counter"));
    return next == end.get() ? goal : new Wanted(next.target(), next.counter());
  }

  private synchronized Published published() {
    Optional<PublishedFiles> served = files.get();
    if (served.isEmpty()) {
      return new Published("", List.of());
    }
    try {
      Shelf shelf = new Shelf(served.get());
      String stamp = shelf.stamp();
      if (!stamp.equals(published.stamp())) {
        published = new Published(stamp, shelf.stones());
      }
    } catch (ShelfException e) {
      LOG.log(Level.WARNING, e.getMessage());
    }
    return published;
  }
}
