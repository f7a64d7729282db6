package tv.hearth.update.engine;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import tv.hearth.api.update.UpdateException;
import tv.hearth.api.update.UpdateException.Problem;
import tv.hearth.support.release.Exchange;
import tv.hearth.support.release.Exchange.Manner;
import tv.hearth.support.release.Exchange.Outcome;
import tv.hearth.support.release.FrameException;
import tv.hearth.support.release.SetRecord;

/** Exchanges bundles and configuration; what this bundle is part of is left to the anchor. */
public final class Switch {
  /** This bundle. */
  public static final String SELF = "tv.hearth.update";

  private final Exchange exchange;
  private final Ports.Configurations configurations;
  private final Ports.Anchor anchor;

  /** Over its ports. */
  public Switch(Exchange exchange, Ports.Configurations configurations, Ports.Anchor anchor) {
    this.exchange = exchange;
    this.configurations = configurations;
    this.anchor = anchor;
  }

  /**
   * What came of it.
   *
   * @param isWhole false where the anchor must do the rest
   */
  public record Result(boolean isWhole, List<String> failures, Map<String, Long> gaps) {}

  /** To a trial; the first failure ends it. */
  public Result to(SetRecord set) throws UpdateException {
    configurations.apply(set);
    return run(set, new Manner(true, false, true, SELF));
  }

  /** To the good set, whatever fails on the way. */
  public Result back(SetRecord set) throws UpdateException {
    configurations.apply(set);
    return run(set, new Manner(true, true, true, SELF));
  }

  /** Asks the anchor for the rest. */
  public void handOver() throws UpdateException {
    if (!anchor.takeOver()) {
      throw new UpdateException(
          Problem.BUNDLE, "the anchor is not there, and " + SELF + " can't exchange itself");
    }
  }

  private Result run(SetRecord set, Manner manner) throws UpdateException {
    try {
      Outcome outcome = exchange.to(set, manner);
      return new Result(outcome.isWhole(), outcome.failures(), outcome.gaps());
    } catch (FrameException e) {
      throw new UpdateException(Problem.BUNDLE, e.getMessage(), e);
    } catch (IOException e) {
      throw new UpdateException(Problem.STORAGE, "the store: " + e.getMessage(), e);
    }
  }
}
