package tv.hearth.headend.campaign.service;

/** Says whether a release can be rolled out, before a box hears of it. Thread-safe. */
@FunctionalInterface
public interface Releases {
  /** Where the repository is another server's: boxes will see for themselves. */
  Releases UNSEEN = target -> 0;

  /**
   * The counter that it is published with; 0 where that can't be known here.
   *
   * @throws CampaignException where it is not published, or boxes would not take it now
   */
  long counter(String target) throws CampaignException;
}
