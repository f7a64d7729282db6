package tv.hearth.management.object;

import java.util.Optional;
import tv.hearth.api.datamodel.ModelException;
import tv.hearth.api.update.Operation;
import tv.hearth.api.update.UpdateException.Problem;

/** The codes of TR-369 for what keeps a release from being installed. */
final class Faults {
  private static final int CANCELLED = 7023;
  private static final int MISMATCH = 7225;
  private static final int DUPLICATE = 7226;
  private static final int NO_ROOM = 7227;

  /** Of the range that the standard leaves to vendors: went back, to a set that is not well. */
  private static final int AILING = 7800;

  private Faults() {}

  /** Of an operation that did not do. */
  static int code(Operation operation) {
    return operation.ailing().isEmpty() ? code(operation.failure()) : AILING;
  }

  static int code(Optional<Problem> problem) {
    if (problem.isEmpty()) {
      return ModelException.COMMAND_FAILURE;
    }
    return switch (problem.get()) {
      case BUSY -> ModelException.RESOURCES_EXCEEDED;
      case REFUSED, UNTRUSTED -> ModelException.REQUEST_DENIED;
      case UNKNOWN_TARGET, BAD_RELEASE -> ModelException.INVALID_ARGUMENTS;
      case NOT_APPLICABLE -> DUPLICATE;
      case UNRESOLVABLE -> MISMATCH;
      case NO_ROOM -> NO_ROOM;
      case CANCELLED -> CANCELLED;
      case UNREACHABLE, EXPIRED, DOWNLOAD, BUNDLE, UNHEALTHY, STORAGE ->
          ModelException.COMMAND_FAILURE;
    };
  }
}
