package tv.hearth.update.engine;

import tv.hearth.api.update.UpdateException;
import tv.hearth.api.update.UpdateException.Problem;
import tv.hearth.support.release.OperationRecord;
import tv.hearth.support.release.SetRecord;
import tv.hearth.support.release.State;
import tv.hearth.support.release.State.Step;

/** What is in a new order's way, and for how long: whoever is refused can wait for it. Pure. */
public final class Busy {
  /** What an exchange of a whole set takes on a slow box, in seconds. */
  private static final int EXCHANGE_SECONDS = 60;

  private Busy() {}

  /** For whoever gives an order while the state is such a one. */
  public static UpdateException of(State state) {
    String which =
        state
            .running()
            .map(op -> "operation " + op.id() + " of " + op.target() + " is " + op.phase())
            .orElse("the box is " + state.step());
    String wait =
        state.step() == Step.IDLE
            ? ", which takes as long as its payloads take to come; wait, or cancel it"
            : ", which takes about " + seconds(state) + " s more; try again then";
    boolean isEnding = state.running().filter(OperationRecord::isCancelled).isPresent();
    String ending = isEnding ? "; it was asked to end" : "";
    return new UpdateException(Problem.BUSY, which + wait + ending);
  }

  /** From its journalled step to its end where all goes well. */
  static int seconds(State state) {
    int window = state.trial().map(SetRecord::windowSeconds).orElse(0);
    return switch (state.step()) {
      case IDLE -> 0;
      case SWITCHING, HANDOVER -> EXCHANGE_SECONDS + window;
      case WATCHING -> window;
      case RETURNING -> EXCHANGE_SECONDS + window;
    };
  }
}
