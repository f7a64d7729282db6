package tv.hearth.support.release;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tv.hearth.support.release.Exchange.Manner;
import tv.hearth.support.release.Exchange.Outcome;

/**
 * What is done when the framework starts, before any bundle of ours does: the set that the journal
 * wants is put into the framework. A trial that was cut short is gone on with, but not for ever. A
 * good set of which the firmware had a part, and that can't be had any more since the firmware was
 * replaced, gives way to the firmware's own: parts of two sets never run.
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

  /**
   * Does it.
   *
   * @param nowMillis since 1970, for what is remembered of it
   * @return what did not do
   */
  public List<String> run(long nowMillis) throws IOException, FrameException {
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
    Outcome outcome = bring(state, nowMillis);
    if (!outcome.failures().isEmpty() && state.isTrying()) {
      state = givenUp(state, "BUNDLE", String.join("; ", outcome.failures()));
      journal.write(state);
      outcome = bring(state, nowMillis);
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

  private Outcome bring(State state, long nowMillis) throws IOException, FrameException {
    SetRecord set = state.wanted().orElseThrow();
    Manner manner = state.step() == State.Step.IDLE ? QUICK : CAREFUL;
    if (manner.equals(QUICK) && set.isFirmware() && !isMissingAny(set)) {
      // The firmware's maker may have changed it since: what it installs is right.
      return new Outcome(true, List.of(), Map.of());
    }
    List<UnitRecord> lacking = exchange.lacking(set, manner.believe());
    if (lacking.isEmpty()) {
      return exchange.to(set, manner);
    } else if (state.isTrying()) {
      // Given up before anything is touched: the good set, or the firmware's, needs what is there.
      String first = lacking.get(0).symbolicName();
      return new Outcome(true, List.of(first + " can't be had any more"), Map.of());
    }
    return giveWay(state, lacking, nowMillis);
  }

  /**
   * To the firmware's own set. That is written down when it is done: cut short, it is found lacking
   * again and done again.
   */
  private Outcome giveWay(State state, List<UnitRecord> lacking, long nowMillis)
      throws IOException, FrameException {
    List<String> failures = new ArrayList<>();
    try {
      failures.addAll(exchange.to(FirmwareSet.of(frame), CAREFUL).failures());
    } catch (IOException none) {
      failures.add("the firmware's own set can't be had either: " + none.getMessage());
    }
    SetRecord good = state.good().orElseThrow();
    boolean isLoss = !good.isFirmware() || state.step() != State.Step.IDLE;
    String told = isLoss ? told(good, lacking) : "";
    if (failures.isEmpty()) {
      journal.write(state.gaveWay(told, nowMillis));
    }
    if (isLoss) {
      failures.add(0, told);
    }
    return new Outcome(true, failures, Map.of());
  }

  private static String told(SetRecord good, List<UnitRecord> lacking) {
    String name = good.isFirmware() ? "the firmware's set of before" : good.target();
    String more = lacking.size() > 1 ? " and " + (lacking.size() - 1) + " more of its jars" : "";
    return "the firmware was replaced, and "
        + name
        + " can't be had without "
        + lacking.get(0).symbolicName()
        + more
        + ": the firmware's own set runs; roll a release out again";
  }

  private boolean isMissingAny(SetRecord set) {
    List<String> there = frame.bundles().stream().map(Frame.Placed::symbolicName).toList();
    return set.units().stream().anyMatch(unit -> !there.contains(unit.symbolicName()));
  }
}
