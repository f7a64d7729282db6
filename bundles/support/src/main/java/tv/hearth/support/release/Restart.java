package tv.hearth.support.release;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tv.hearth.support.release.Exchange.Manner;
import tv.hearth.support.release.Exchange.Outcome;

/**
 * What is done when the framework starts, before any bundle of ours does: the set that the journal
 * wants is put into the framework. A trial that was cut short is gone on with, but not for ever.
 */
public final class Restart {
  /** Starts of the framework that a trial may take. */
  public static final int MOST_BOOTS = 3;

  /**
   * Attempts to bring the good set back while the framework runs. A bundle that hangs is not to be
   * had without a new start, and a box that waits for it takes no order.
   */
  public static final int MOST_RETURNS = 3;

  /** How often the health of a good set that is back is begun to be watched. */
  public static final int MOST_WATCHES = 3;

  private static final Manner CAREFUL = new Manner(false, true, false, "");
  private static final Manner QUICK = new Manner(true, true, false, "");

  private final Journal journal;
  private final Exchange exchange;
  private final Frame frame;

  /** Over its ports. */
  public Restart(Journal journal, Exchange exchange, Frame frame) {
    this.journal = journal;
    this.exchange = exchange;
    this.frame = frame;
  }

  /** Does it; gives what is so now, and what did not do. */
  public List<String> run() throws IOException, FrameException {
    State state = journal.read();
    if (state.isTrying()) {
      state = state.booted();
      if (state.boots() > MOST_BOOTS) {
        state =
            givenUp(
                state,
                "UNHEALTHY",
                "started " + MOST_BOOTS + " times without getting through its trial");
      }
      journal.write(state);
    }
    Optional<SetRecord> wanted = state.wanted();
    if (wanted.isEmpty()) {
      return List.of();
    }
    Outcome outcome = bring(wanted.get(), state.step());
    if (!outcome.failures().isEmpty() && state.isTrying()) {
      state = givenUp(state, "BUNDLE", String.join("; ", outcome.failures()));
      journal.write(state);
      outcome = bring(state.wanted().orElseThrow(), state.step());
    }
    return outcome.failures();
  }

  /** A trial that is on its way back, and why. */
  public static State givenUp(State state, String failure, String reason) {
    State back = state.in(State.Step.RETURNING);
    return state
        .running()
        .map(op -> back.with(op.in("ROLLING_BACK").because(failure, reason)))
        .orElse(back);
  }

  /**
   * The way back is over.
   *
   * @param ailing what is wrong with the good set; empty where it is well
   */
  public static State returned(State state, String ailing, long nowMillis) {
    State back = state.returned();
    return back.running()
        .map(op -> back.with(op.wentBack(ailing).ended("ROLLED_BACK", nowMillis)))
        .orElse(back);
  }

  /**
   * Names what did not come back: the next start of the framework puts it in place before any of
   * our bundles runs.
   */
  public static String notBack(List<String> failures) {
    return "not back before the box starts again: " + String.join("; ", failures);
  }

  private Outcome bring(SetRecord set, State.Step step) throws IOException, FrameException {
    if (step != State.Step.IDLE) {
      return exchange.to(set, CAREFUL);
    } else if (set.isFirmware() && !isMissingAny(set)) {
      // The firmware's maker may have changed it since: what it installs is right.
      return new Outcome(true, List.of(), Map.of());
    }
    return exchange.to(set, QUICK);
  }

  private boolean isMissingAny(SetRecord set) {
    List<String> there = frame.bundles().stream().map(Frame.Placed::symbolicName).toList();
    return set.units().stream().anyMatch(unit -> !there.contains(unit.symbolicName()));
  }
}
