package tv.hearth.update.engine;

import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import tv.hearth.api.update.Operation.Phase;
import tv.hearth.api.update.UpdateException;
import tv.hearth.api.update.UpdateException.Problem;
import tv.hearth.support.release.Before;
import tv.hearth.support.release.OperationRecord;
import tv.hearth.support.release.Restart;
import tv.hearth.support.release.SetRecord;
import tv.hearth.support.release.State;
import tv.hearth.support.release.State.Step;

/**
 * Carries operations out, step by step, each journalled before it is done. {@link #goOn} begins
 * wherever the journal says that it was cut short. One thread at a time.
 */
public final class Engine {
  /** How often an operation is begun again after restarts, before it fails. */
  private static final int MOST_ATTEMPTS = 3;

  private final Ledger ledger;
  private final Staging staging;
  private final Switch exchange;
  private final Ports.Vitals vitals;
  private final Ports.Pause pause;
  private final InstantSource clock;
  private final BooleanSupplier cancelled;

  /**
   * Over its parts.
   *
   * @param cancelled whether the running operation was ended by its caller
   */
  public Engine(
      Ledger ledger,
      Staging staging,
      Switch exchange,
      Ports.Vitals vitals,
      Ports.Pause pause,
      InstantSource clock,
      BooleanSupplier cancelled) {
    this.ledger = ledger;
    this.staging = staging;
    this.exchange = exchange;
    this.vitals = vitals;
    this.pause = pause;
    this.clock = clock;
    this.cancelled = cancelled;
  }

  /**
   * Goes on with whatever is under way, to its end.
   *
   * @return false where it could not come to an end now: because this bundle is being exchanged or
   *     stopped, or because it must be tried again later
   */
  public boolean goOn() throws UpdateException {
    State state = ledger.reread();
    while (state.step() != Step.IDLE || state.running().isPresent()) {
      boolean goesOn =
          state.step() == Step.IDLE ? begin(state.running().get()) : stepUnlessSuperseded(state);
      if (!goesOn) {
        return state.step() == Step.IDLE && !pause.isClosed();
      }
      state = ledger.now();
    }
    return true;
  }

  /** What the anchor wrote meanwhile counts: it is read, and gone on from. */
  private boolean stepUnlessSuperseded(State state) throws UpdateException {
    try {
      return step(state);
    } catch (UpdateException e) {
      if (e.problem() != Problem.BUSY) {
        throw e;
      }
      return true;
    }
  }

  /** The steps before the switch; false where it ended, or is begun again at the next start. */
  private boolean begin(OperationRecord operation) throws UpdateException {
    try {
      if (operation.attempts() > MOST_ATTEMPTS) {
        throw new UpdateException(
            Problem.DOWNLOAD,
            "begun "
                + MOST_ATTEMPTS
                + " times, and each time the box or its update agent was stopped");
      }
      ledger.change(state -> state.with(operation.again()));
      Staging.Staged staged = staging.stage(operation);
      SetRecord set = staged.set();
      List<String> services = vitals.services();
      List<String> waived = Promises.waived(services, vitals.stated(), staged.bundles());
      Before before =
          new Before(
              services.stream().filter(each -> !waived.contains(each)).toList(),
              waived,
              List.copyOf(vitals.ailing().keySet()),
              vitals.line());
      if (isCancelled()) {
        throw new UpdateException(Problem.CANCELLED, "ended by its caller before the switch");
      }
      if (pause.isClosed()) {
        return false;
      }
      ledger.change(
          state ->
              state
                  .trying(set, before)
                  .with(state.running().orElseThrow().in(Phase.SWITCHING.name())));
      return true;
    } catch (UpdateException e) {
      if (!vitals.isUp()) {
        throw e; // the box is being stopped: it is begun again at its next start
      }
      if (pause.isClosed() && !isCancelled()) {
        return false; // so is this bundle alone, and whatever failed may have failed by that
      }
      ledger.changeAnyway(
          state ->
              state.with(
                  state
                      .running()
                      .orElseThrow()
                      .because(e.problem().name(), e.getMessage())
                      .ended(Phase.FAILED.name(), clock.millis())));
      staging.clean();
      return false;
    }
  }

  private boolean step(State state) throws UpdateException {
    return switch (state.step()) {
      case SWITCHING, HANDOVER -> advance(state);
      case WATCHING -> watch(state);
      case RETURNING -> goBack(state);
      case IDLE -> true;
    };
  }

  private boolean isCancelled() {
    return ledger.isCancelled() || cancelled.getAsBoolean();
  }

  private boolean advance(State state) throws UpdateException {
    if (ledger.isCancelled()) {
      giveUp(Problem.CANCELLED, "ended by its caller while bundles were exchanged");
      return true;
    }
    try {
      Switch.Result result = exchange.to(state.trial().orElseThrow());
      if (!result.isWhole()) {
        ledger.change(s -> withGaps(s, result).in(Step.HANDOVER));
        exchange.handOver();
        return false;
      }
      ledger.change(
          s -> {
            State next = withGaps(s, result).in(Step.WATCHING);
            return next.running().map(op -> next.with(op.in(Phase.WATCHING.name()))).orElse(next);
          });
    } catch (UpdateException e) {
      if (!vitals.isUp()) {
        return false;
      }
      giveUp(e.problem(), e.getMessage());
    }
    return true;
  }

  private boolean watch(State state) throws UpdateException {
    HealthWatch watch =
        HealthWatch.ofTrial(vitals, state.trial().orElseThrow(), state.before(), state.boots() > 0);
    while (!watch.isOver()) {
      if (!pause.second() || !vitals.isUp()) {
        return false;
      }
      if (isCancelled()) {
        giveUp(Problem.CANCELLED, "ended by its caller while its health was watched");
        return true;
      }
      var trouble = watch.look();
      if (!vitals.isUp()) {
        return false;
      }
      if (trouble.isPresent()) {
        giveUp(Problem.UNHEALTHY, trouble.get());
        return true;
      }
      if (watch.isToBeTold()) {
        ledger.change(s -> s.in(Step.WATCHING)); // the anchor sees that somebody still watches
      }
    }
    if (!ledger.change(this::committed).isTrying()) {
      staging.clean();
    }
    return true;
  }

  /**
   * Or as it is where its end was asked for just now: whoever asked was not told that it failed.
   */
  private State committed(State state) {
    if (state.running().filter(OperationRecord::isCancelled).isPresent()) {
      return state;
    }
    State done = state.committed();
    return done.running()
        .map(op -> done.with(op.ended(Phase.COMMITTED.name(), clock.millis())))
        .orElse(done);
  }

  private void giveUp(Problem problem, String reason) throws UpdateException {
    ledger.change(s -> Restart.givenUp(s, problem.name(), reason));
  }

  private boolean goBack(State state) throws UpdateException {
    Switch.Result result = exchange.back(state.good().orElseThrow());
    if (!result.isWhole()) {
      exchange.handOver();
      return false;
    }
    if (!result.failures().isEmpty() && state.wayBack().vain() + 1 < Restart.MOST_RETURNS) {
      ledger.change(State::returnedInVain);
      return false; // tried again later
    }
    if (!result.failures().isEmpty()) {
      ended(withGaps(state, result), Restart.notBack(result.failures()));
      return true;
    }
    return watchBack(ledger.change(s -> withGaps(s, result).watchingBack()));
  }

  /** The good set is watched as the trial was: what it came back to may not do either. */
  private boolean watchBack(State state) throws UpdateException {
    if (state.wayBack().watches() > Restart.MOST_WATCHES) {
      String often = Restart.MOST_WATCHES + " times without getting through its window";
      ended(state, "started " + often + " after it went back");
      return true;
    }
    int window = state.trial().orElseThrow().windowSeconds();
    HealthWatch watch =
        HealthWatch.ofReturn(vitals, state.good().orElseThrow(), window, state.before());
    while (!watch.isOver()) {
      if (!pause.second() || !vitals.isUp()) {
        return false;
      }
      var trouble = watch.look();
      if (!vitals.isUp()) {
        return false;
      }
      if (trouble.isPresent()) {
        ended(ledger.now(), trouble.get());
        return true;
      }
      if (watch.isToBeTold()) {
        ledger.change(s -> s.in(Step.RETURNING)); // the anchor sees that somebody still watches
      }
    }
    ended(ledger.now(), "");
    return true;
  }

  private void ended(State back, String ailing) throws UpdateException {
    ledger.change(s -> Restart.returned(back, ailing, clock.millis()));
    staging.clean();
  }

  private static State withGaps(State state, Switch.Result result) {
    return state.running().map(op -> state.with(op.with(result.gaps()))).orElse(state);
  }
}
