package tv.hearth.update;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tv.hearth.api.update.Operation;
import tv.hearth.api.update.Operation.Phase;
import tv.hearth.api.update.Release;
import tv.hearth.api.update.Unit;
import tv.hearth.api.update.UpdateAgent;
import tv.hearth.api.update.UpdateException;
import tv.hearth.api.update.UpdateException.Problem;
import tv.hearth.support.owner.Ownership;
import tv.hearth.support.release.FrameException;
import tv.hearth.support.release.OperationRecord;
import tv.hearth.support.release.SetRecord;
import tv.hearth.support.release.State;
import tv.hearth.support.release.State.Step;
import tv.hearth.support.thread.Failures;
import tv.hearth.update.engine.Busy;
import tv.hearth.update.engine.Ledger;
import tv.hearth.update.engine.Operations;
import tv.hearth.update.engine.Ports;
import tv.hearth.update.frame.Units;

/** The service: keeps the engine running on a thread of its own. Thread-safe. */
final class Agent implements UpdateAgent, Ports.Pause {
  private static final Logger LOG = System.getLogger(Agent.class.getName());
  private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,128}");
  private static final Pattern TARGET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,255}");
  private static final long SECOND = 1_000;
  private static final long AGAIN = 30_000;

  private final Ledger ledger;
  private final Units units;
  private final InstantSource clock;
  private final boolean isConfigured;
  private final Thread thread;
  private final Failures failures = new Failures("the update agent");
  private Work work;
  private String cancelled = "";
  private boolean due = true;
  private boolean closed;

  Agent(Ledger ledger, Units units, InstantSource clock, boolean isConfigured) {
    this.ledger = ledger;
    this.units = units;
    this.clock = clock;
    this.isConfigured = isConfigured;
    this.thread = new Thread(this::run, "hearth-update");
    this.thread.setDaemon(true);
    this.thread.setPriority(Thread.MIN_PRIORITY);
  }

  /** What the thread does; true where there is nothing more to do for now. */
  @FunctionalInterface
  interface Work {
    boolean goOn() throws UpdateException;
  }

  void start(Work engine) {
    work = engine;
    thread.start();
  }

  /** What its thread threw that no operation tells. */
  Failures failures() {
    return failures;
  }

  /** Ends; what is under way is gone on with at the next start. */
  void close(long patienceMillis) {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    if (Thread.currentThread() == thread) {
      return;
    }
    try {
      thread.join(patienceMillis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public Operation start(String id, String target) throws UpdateException {
    if (!ID.matcher(id).matches()) {
      throw new UpdateException(
          Problem.REFUSED, "an operation's id is 1…128 printable ASCII characters");
    }
    if (!TARGET.matcher(target).matches() || target.contains("..")) {
      throw new UpdateException(Problem.REFUSED, "no name of a release: " + target);
    }
    synchronized (this) {
      State state = ledger.now();
      Optional<Operation> known = find(state, id);
      if (known.isPresent()) {
        return known.get();
      }
      if (!isConfigured) {
        throw new UpdateException(
            Problem.REFUSED, "no repository is configured: set repository of tv.hearth.update");
      }
      if (state.running().isPresent() || state.step() != Step.IDLE) {
        throw Busy.of(state);
      }
      OperationRecord begun =
          OperationRecord.begun(id, target, Phase.REFRESHING.name(), clock.millis());
      ledger.change(s -> s.with(begun));
      cancelled = "";
      due = true;
      notifyAll();
      return Operations.of(begun);
    }
  }

  @Override
  public void cancel(String id) {
    State state = ledger.now();
    if (state.running().filter(op -> op.id().equals(id)).isEmpty()) {
      return;
    }
    synchronized (this) {
      cancelled = id;
      notifyAll();
    }
    if (state.step() == Step.HANDOVER) {
      return; // the journal is the anchor's until this bundle is exchanged; its caller asks again
    }
    try {
      // Not under the lock that an end of this agent needs.
      ledger.cancel(id);
    } catch (UpdateException e) {
      // It ends all the same as long as this agent lives; after that its caller asks again.
      LOG.log(Level.WARNING, "the end of {0} is not written: {1}", id, e.getMessage());
    }
  }

  @Override
  public Optional<Operation> operation(String id) {
    return find(ledger.now(), id);
  }

  @Override
  public List<Operation> operations() {
    return ledger.now().operations().stream().map(Operations::of).toList();
  }

  @Override
  public Release installed() {
    return units.release(ledger.now().good().filter(set -> !set.isFirmware()));
  }

  @Override
  public Optional<Release> previous() {
    return ledger.now().previous().map(this::plain);
  }

  @Override
  public void set(String symbolicName, Unit.State wanted) throws UpdateException {
    if (!Ownership.isManaged(symbolicName) || Ownership.isBase(symbolicName)) {
      throw new UpdateException(
          Problem.REFUSED, symbolicName + " is not ours, or the box can't be without it");
    }
    State state = ledger.now();
    if (state.step() != Step.IDLE) {
      throw Busy.of(state);
    }
    try {
      units.set(symbolicName, wanted);
    } catch (FrameException e) {
      throw new UpdateException(Problem.BUNDLE, e.getMessage(), e);
    }
  }

  /** Waits a second, or less where something happens; false where it is time to end. */
  @Override
  public synchronized boolean second() {
    long end = System.nanoTime() + SECOND * 1_000_000;
    long left = SECOND;
    while (left > 0 && waits()) {
      await(left);
      left = (end - System.nanoTime()) / 1_000_000;
    }
    return !closed;
  }

  /** On its way back an operation has heard its end: the old set gets its whole window. */
  synchronized boolean waits() {
    return !closed && (ledger.now().step() == Step.RETURNING || !isCancelled());
  }

  /** What is wrong with the set that this box went back to; empty where nothing is. */
  String ailing() {
    return ledger
        .now()
        .ailing()
        .map(op -> "went back from " + op.target() + ", but: " + op.ailing())
        .orElse("");
  }

  @Override
  public synchronized boolean isClosed() {
    return closed;
  }

  /** Whether its caller ended the running operation. */
  synchronized boolean isCancelled() {
    return ledger.now().running().filter(op -> op.id().equals(cancelled)).isPresent();
  }

  /** Whether what takes long is to stop, for either reason. */
  boolean isToStop() {
    return isClosed() || isCancelled();
  }

  private void run() {
    while (due()) {
      boolean done = false;
      try {
        done = work.goOn();
      } catch (UpdateException e) {
        LOG.log(Level.ERROR, "the update can't go on now: " + e.getMessage(), e);
      } catch (RuntimeException | Error e) { // errors too: no other thread would end this update
        failures.note(e);
      }
      if (!done) {
        again();
      }
    }
  }

  private synchronized boolean due() {
    while (!due && !closed) {
      await(0);
    }
    due = false;
    return !closed;
  }

  private synchronized void again() {
    if (!closed) {
      await(AGAIN);
      due = true;
    }
  }

  private synchronized void await(long millis) {
    try {
      wait(millis);
    } catch (InterruptedException e) {
      closed = true; // nobody of ours interrupts: the framework wants the thread to end
    }
  }

  private Release plain(SetRecord set) {
    List<Unit> all = new ArrayList<>();
    set.units()
        .forEach(
            unit ->
                all.add(
                    new Unit(
                        unit.symbolicName(),
                        unit.version(),
                        -1,
                        Ownership.isBase(unit.symbolicName()),
                        Unit.State.IDLE,
                        "")));
    return new Release(set.target(), set.name(), set.version(), set.counter(), all);
  }

  private static Optional<Operation> find(State state, String id) {
    return state.operations().stream()
        .filter(op -> op.id().equals(id))
        .findAny()
        .map(Operations::of);
  }
}
