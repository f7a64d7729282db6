package tv.hearth.update.engine;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.UnaryOperator;
import tv.hearth.api.update.UpdateException;
import tv.hearth.api.update.UpdateException.Problem;
import tv.hearth.support.release.Journal;
import tv.hearth.support.release.OperationRecord;
import tv.hearth.support.release.State;
import tv.hearth.support.release.SupersededException;

/** The state, written to the journal before anybody sees it. Thread-safe. */
public final class Ledger {
  private static final Logger LOG = System.getLogger(Ledger.class.getName());

  private final Journal journal;
  private final Ports.Audience audience;
  private State state;
  private boolean unwritten;

  /** As the journal has it. */
  public Ledger(Journal journal, Ports.Audience audience) throws IOException {
    this.journal = journal;
    this.audience = audience;
    this.state = journal.read();
  }

  /** As it is now. */
  public synchronized State now() {
    return state;
  }

  /** Reads it again: the anchor may have written. */
  public synchronized State reread() throws UpdateException {
    try {
      if (!unwritten) {
        state = journal.read();
      }
      return state;
    } catch (IOException e) {
      throw storage(e);
    }
  }

  /**
   * Changes it, durably; the audience hears of an operation whose phase changed.
   *
   * @throws UpdateException STORAGE, or BUSY where the anchor wrote since; then nothing changed
   */
  public State change(UnaryOperator<State> change) throws UpdateException {
    State before;
    State after;
    synchronized (this) {
      before = state;
      after = change.apply(before);
      if (after == before) {
        return before;
      }
      try {
        journal.write(after);
        unwritten = false;
      } catch (SupersededException e) {
        state = reread();
        throw new UpdateException(Problem.BUSY, e.getMessage(), e);
      } catch (IOException e) {
        throw storage(e);
      }
      state = after;
    }
    tell(before, after);
    return after;
  }

  /**
   * Notes that an operation is to end, so that a restart knows it, too; one that runs no more, or
   * is on its way back, stays as it is.
   */
  public void cancel(String id) throws UpdateException {
    change(
        s ->
            s.running()
                .filter(op -> op.id().equals(id) && op.cancelled() != op)
                .map(op -> s.with(op.cancelled()))
                .orElse(s));
  }

  /** Whether the running operation is to end. */
  boolean isCancelled() {
    return now().running().filter(OperationRecord::isCancelled).isPresent();
  }

  /**
   * As {@link #change}, but stands until the next change even where it can't be written: for the
   * end of what switched nothing, which a restart may begin again.
   */
  public void changeAnyway(UnaryOperator<State> change) {
    State before = now();
    try {
      change(change);
    } catch (UpdateException e) {
      LOG.log(Level.WARNING, e.getMessage());
      synchronized (this) {
        state = change.apply(before);
        unwritten = true;
      }
      tell(before, now());
    }
  }

  private void tell(State before, State after) {
    for (OperationRecord operation : after.operations()) {
      boolean isNew =
          before.operations().stream()
              .filter(old -> old.id().equals(operation.id()))
              .noneMatch(old -> old.phase().equals(operation.phase()));
      if (isNew) {
        audience.changed(Operations.of(operation));
      }
    }
  }

  private static UpdateException storage(IOException e) {
    return new UpdateException(
        Problem.STORAGE,
        "the journal can't be written or read; is the disk full or read-only? " + e.getMessage(),
        e);
  }
}
