package tv.hearth.headend.campaign.service;

import java.util.Map;
import tv.hearth.headend.campaign.rollout.Wanted;

/** Over which releases a box comes to the one that it is to run. Thread-safe. */
public interface Way {
  /** Straight to it: what it may be installed from can't be known, and boxes say it. */
  Way STRAIGHT =
      new Way() {
        @Override
        public boolean asks(Wanted goal) {
          return false;
        }

        @Override
        public Wanted next(String box, Wanted goal, long counter, Map<String, String> versions) {
          return goal;
        }
      };

  /** Whether it depends on what bundles a box has. */
  boolean asks(Wanted goal);

  /**
   * What a box is to install now: the goal, or a stone on its way.
   *
   * @param counter of what it runs; 0 where it does not say
   * @param versions its bundles, symbolic name to version
   * @throws CampaignException UNREACHED where no published release leads there
   */
  Wanted next(String box, Wanted goal, long counter, Map<String, String> versions)
      throws CampaignException;
}
