package tv.hearth.gateway.http;

import java.time.Duration;
import java.util.Set;
import tv.hearth.support.gate.ServiceMissingException;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.ObjectFailure.Problem;

/** What the store's failures mean to a client, and which of them pass. */
public final class Problems {
  private static final Duration PASSING = Duration.ofSeconds(15);
  private static final Duration COMING = Duration.ofSeconds(10);
  private static final Duration GOING = Duration.ofSeconds(3);
  private static final Set<Problem> TOO_FEW = Set.of(Problem.TOO_FEW_PIECES, Problem.TOO_FEW_BOXES);

  private Problems() {}

  /**
   * How long that failure is worth trying again, from its first time on; zero: not at all.
   *
   * @param begun whether the client has a part of the body already, which an error status can't
   *     reach any more
   */
  public static Duration patience(Throwable failure, boolean begun) {
    if (failure instanceof ServiceMissingException) {
      return begun ? PASSING : COMING;
    }
    if (failure instanceof ObjectFailure known) {
      if (known.problem() == Problem.NOT_READY) {
        return begun ? PASSING : COMING;
      }
      return begun && TOO_FEW.contains(known.problem()) ? PASSING : Duration.ZERO;
    }
    if (failure instanceof VersionChangedException) {
      return begun ? Duration.ZERO : GOING;
    }
    // A provider that is being replaced may fail anyhow, also by a class that is gone.
    boolean going = failure instanceof RuntimeException || failure instanceof LinkageError;
    return going ? GOING : Duration.ZERO;
  }

  /** The answer where nothing was sent yet. */
  public static Answer answer(Throwable failure) {
    if (failure instanceof ServiceMissingException) {
      return later("the store is being replaced or not started: try again", 1);
    }
    if (!(failure instanceof ObjectFailure)) {
      return noStore(Answer.problem(500, "the store failed: see the box's log"));
    }
    String message = String.valueOf(failure.getMessage());
    return switch (((ObjectFailure) failure).problem()) {
      case NOT_FOUND -> noStore(Answer.problem(404, message));
      case NOT_ALLOWED -> noStore(Answer.problem(403, message));
      case BAD_REQUEST -> noStore(Answer.problem(400, message));
      case DAMAGED -> noStore(Answer.problem(502, message));
      case NOT_READY -> later(message, 2);
      case TOO_FEW_PIECES, TOO_FEW_BOXES -> later(message, 10);
      case NO_ROOM, SOURCE -> noStore(Answer.problem(500, message));
    };
  }

  /** 503 with the seconds after which a player may ask again. */
  public static Answer later(String message, int seconds) {
    return noStore(Answer.problem(503, message).with("Retry-After", String.valueOf(seconds)));
  }

  private static Answer noStore(Answer answer) {
    return answer.with("Cache-Control", "no-store");
  }
}
