package tv.hearth.headend.campaign.service;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import tv.hearth.api.operator.PublishedFiles;
import tv.hearth.headend.campaign.service.CampaignException.Problem;
import tv.hearth.headend.campaign.shelf.Expiry;
import tv.hearth.headend.campaign.shelf.Shelf;
import tv.hearth.headend.campaign.shelf.ShelfException;
import tv.hearth.tuf.release.ReleaseFile;

/** Looks into the repository that this headend serves, where it serves one. Thread-safe. */
public final class ServedReleases implements Releases {
  private static final System.Logger LOG = System.getLogger(ServedReleases.class.getName());
  private final Supplier<Optional<PublishedFiles>> files;
  private final Expiry expiry;
  private final InstantSource clock;
  private final IntSupplier level;

  /**
   * Over what is served at the moment.
   *
   * @param files empty where this headend serves no repository
   * @param level of the neighbourhood
   */
  public ServedReleases(
      Supplier<Optional<PublishedFiles>> files,
      Expiry expiry,
      InstantSource clock,
      IntSupplier level) {
    this.level = level;
    this.files = files;
    this.expiry = expiry;
    this.clock = clock;
  }

  @Override
  public long counter(String target) throws CampaignException {
    Optional<PublishedFiles> served = files.get();
    if (served.isEmpty()) {
      return 0;
    }
    try {
      Shelf shelf = new Shelf(served.get());
      Instant now = clock.instant();
      if (Expiry.isOver(shelf.expiries(), now)) {
        throw new CampaignException(
            Problem.EXPIRED, String.join("; ", expiry.warnings(shelf.expiries(), now)));
      }
      String sha256 =
          shelf
              .listed(target)
              .orElseThrow(
                  () ->
                      new CampaignException(
                          Problem.UNPUBLISHED,
                          target
                              + " is not in the repository that this headend serves: build, sign"
                              + " and publish it first, or name one that is there"));
      return counter(shelf, target, sha256);
    } catch (ShelfException e) {
      throw new CampaignException(Problem.UNPUBLISHED, e.getMessage());
    }
  }

  /** Whether its bytes are what was signed is for boxes to judge, and stops the campaign there. */
  private long counter(Shelf shelf, String target, String sha256) throws CampaignException {
    try {
      ReleaseFile release = shelf.release(target, sha256);
      if (!release.levels().has(level.getAsInt())) {
        throw new CampaignException(
            Problem.LEVEL,
            target
                + " knows levels "
                + release.levels()
                + ", and the neighbourhood is at level "
                + level.getAsInt()
                + ": boxes could not read what they hold; name a release that knows it");
      }
      return release.counter();
    } catch (ShelfException e) {
      LOG.log(System.Logger.Level.WARNING, e.getMessage());
      return 0;
    }
  }

  /** What the operator should do before boxes refuse releases; empty where nothing. */
  public List<String> warnings() {
    Optional<PublishedFiles> served = files.get();
    if (served.isEmpty()) {
      return List.of();
    }
    try {
      return expiry.warnings(new Shelf(served.get()).expiries(), clock.instant());
    } catch (ShelfException e) {
      return List.of(e.getMessage());
    }
  }
}
