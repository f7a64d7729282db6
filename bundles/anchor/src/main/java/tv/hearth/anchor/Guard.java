package tv.hearth.anchor;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import tv.hearth.support.release.Exchange;
import tv.hearth.support.release.Exchange.Manner;
import tv.hearth.support.release.Exchange.Outcome;
import tv.hearth.support.release.Frame;
import tv.hearth.support.release.FrameException;
import tv.hearth.support.release.Journal;
import tv.hearth.support.release.Restart;
import tv.hearth.support.release.SetRecord;
import tv.hearth.support.release.State;
import tv.hearth.support.release.State.Step;

/**
 * What the anchor decides, by the journal and by whether {@code update} lives. Time comes in as
 * milliseconds that only grow. One thread at a time.
 */
final class Guard {
  /** After a hand-over the new {@code update} must have gone on by then. */
  static final long HANDOVER_MILLIS = 60_000;

  /** A switch, or a way back, that has not moved for so long is not going to. */
  static final long STUCK_MILLIS = 600_000;

  /** How long {@code update} may be away while nothing is under way. */
  static final long AWAY_MILLIS = 120_000;

  /** Between two attempts to bring it back. */
  static final long AGAIN_MILLIS = 3_600_000;

  private static final Logger LOG = System.getLogger(Guard.class.getName());
  private static final Manner REPAIR = new Manner(false, true, true, "");

  private final Journal journal;
  private final Exchange exchange;
  private final Frame frame;
  private final BooleanSupplier heart;
  private State state = State.EMPTY;
  private long number = -1;
  private long movedAt;
  private long beatAt = -1;
  private long repairedAt = Long.MIN_VALUE / 2;

  Guard(Journal journal, Exchange exchange, Frame frame, BooleanSupplier heart) {
    this.journal = journal;
    this.exchange = exchange;
    this.frame = frame;
    this.heart = heart;
  }

  /**
   * Looks, and does what must be done.
   *
   * @param asked whether {@code update} asked to go on with its hand-over
   */
  void look(long now, boolean asked) throws IOException, FrameException {
    follow(now);
    if (beatAt < 0 || heart.getAsBoolean()) {
      beatAt = now;
    }
    if (asked && state.step() == Step.HANDOVER) {
      handOver(now);
    } else if (asked && state.step() == Step.RETURNING) {
      movedAt = now;
      report(exchange.to(state.good().orElseThrow(), REPAIR).failures());
    } else if (state.step() == Step.IDLE) {
      if (now - beatAt > AWAY_MILLIS && now - repairedAt > AGAIN_MILLIS) {
        repairedAt = now;
        repair();
      }
    } else if (now - movedAt > patience()) {
      takeOver("the box's update agent did not go on with its work");
    }
  }

  private void follow(long now) throws IOException {
    long newest = journal.newest();
    if (newest != number) {
      number = newest;
      movedAt = now;
      state = journal.read();
    }
  }

  private long patience() {
    long window = state.trial().map(SetRecord::windowSeconds).orElse(0) * 1_000L;
    return switch (state.step()) {
      case HANDOVER -> HANDOVER_MILLIS;
      case WATCHING -> window * 2 + STUCK_MILLIS;
      case RETURNING -> state.wayBack().watches() > 0 ? window * 2 + STUCK_MILLIS : STUCK_MILLIS;
      default -> STUCK_MILLIS;
    };
  }

  private void handOver(long now) throws IOException, FrameException {
    movedAt = now;
    try {
      exchange.to(state.trial().orElseThrow(), new Manner(true, false, true, ""));
    } catch (FrameException e) {
      takeOver(e.getMessage());
    }
  }

  /** Back to the good set, without {@code update}. */
  private void takeOver(String reason) throws IOException, FrameException {
    LOG.log(Level.ERROR, "back to the last good set: {0}", reason);
    stopUpdate();
    State found = journal.read();
    State back =
        found.step() == Step.RETURNING ? found : Restart.givenUp(found, "UNHEALTHY", reason);
    journal.write(back);
    Outcome outcome = exchange.to(back.good().orElseThrow(), REPAIR);
    report(outcome.failures());
    boolean enough = back.wayBack().vain() + 1 >= Restart.MOST_RETURNS;
    // The good set's update agent watches its health; where there is none, that is what is wrong.
    journal.write(
        enough
            ? Restart.returned(back, unwatched(outcome), System.currentTimeMillis())
            : back.returnedInVain());
  }

  private static String unwatched(Outcome outcome) {
    return outcome.failures().isEmpty()
        ? Heart.UPDATE + " runs, and did not watch the set's health"
        : Restart.notBack(outcome.failures());
  }

  /** Content is compared byte by byte: what is damaged in the framework's cache is put right. */
  private void repair() throws IOException, FrameException {
    Optional<SetRecord> good = state.good();
    if (good.isPresent()) {
      LOG.log(Level.WARNING, "the update agent is away: the last good set is put right");
      report(exchange.to(good.get(), REPAIR).failures());
    }
  }

  private void stopUpdate() {
    for (Frame.Placed bundle : frame.bundles()) {
      if (bundle.symbolicName().equals(Heart.UPDATE) && bundle.active()) {
        try {
          frame.stop(bundle.id());
        } catch (FrameException e) {
          LOG.log(Level.WARNING, e.getMessage());
        }
      }
    }
  }

  private static void report(List<String> failures) {
    failures.forEach(f -> LOG.log(Level.ERROR, "not as the last good set wants it: {0}", f));
  }
}
