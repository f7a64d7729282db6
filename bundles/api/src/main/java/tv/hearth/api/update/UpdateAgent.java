package tv.hearth.api.update;

import java.util.List;
import java.util.Optional;

/**
 * Brings this box from one signed release to another, and back by itself where the new one does not
 * do. One operation runs at a time; what was started outlives a restart of the box. Thread-safe;
 * calls return at once.
 */
public interface UpdateAgent {
  /**
   * Starts an operation. Idempotent: an id that is known (also one that is finished) starts nothing
   * and gives what it is known for.
   *
   * @param id of the caller's choice, 1…128 printable ASCII characters
   * @param target name of the release among the signed targets of the operator's repository
   * @throws UpdateException BUSY where another one runs, with its id, where it is and how long it
   *     may still take; REFUSED for a name or id that can't be
   */
  Operation start(String id, String target) throws UpdateException;

  /**
   * Asks an operation to end, and is remembered over restarts: it does before its switch, and is
   * rolled back until it is committed. One that has ended, or that is not known, stays as it is.
   */
  void cancel(String id);

  /** An operation that runs or is remembered; the last 64 are. */
  Optional<Operation> operation(String id);

  /** The operations that are remembered, oldest first. */
  List<Operation> operations();

  /** What the box runs: the release, or the set that the firmware came with (counter 0). */
  Release installed();

  /** The release before it, which the box could go back to. */
  Optional<Release> previous();

  /**
   * Starts, stops or restarts a bundle of the installed release, until the next update. Idempotent.
   *
   * @throws UpdateException REFUSED for a bundle that is not ours or is of the base unit, BUSY
   *     while an operation switches
   */
  void set(String symbolicName, Unit.State state) throws UpdateException;
}
