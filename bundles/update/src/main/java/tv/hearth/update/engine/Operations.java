package tv.hearth.update.engine;

import java.util.Optional;
import tv.hearth.api.update.Operation;
import tv.hearth.api.update.Operation.Phase;
import tv.hearth.api.update.UpdateException.Problem;
import tv.hearth.support.release.OperationRecord;

/** Operations as the journal has them, for callers. */
public final class Operations {
  private Operations() {}

  /** For callers. */
  public static Operation of(OperationRecord record) {
    Optional<Problem> failure =
        record.failure().isEmpty() ? Optional.empty() : Optional.of(problem(record.failure()));
    return new Operation(
        record.id(),
        record.target(),
        phase(record.phase()),
        failure,
        record.reason(),
        record.startedMillis(),
        record.endedMillis(),
        record.originBytes(),
        record.neighbourBytes(),
        record.gaps(),
        record.ailing());
  }

  /** A successor's words are taken for the nearest that this version has. */
  private static Problem problem(String name) {
    for (Problem problem : Problem.values()) {
      if (problem.name().equals(name)) {
        return problem;
      }
    }
    return Problem.BUNDLE;
  }

  private static Phase phase(String name) {
    for (Phase phase : Phase.values()) {
      if (phase.name().equals(name)) {
        return phase;
      }
    }
    return Phase.PLANNING;
  }
}
