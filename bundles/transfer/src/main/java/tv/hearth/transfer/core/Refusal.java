package tv.hearth.transfer.core;

import tv.hearth.api.transfer.TransferException.Problem;

/** A request is not answered as asked; becomes an HTTP error with a one-line reason. */
public final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final Problem problem;
  private final int status;

  /** With the problem's usual status. */
  public Refusal(Problem problem, String message) {
    this(problem, Wire.status(problem), message);
  }

  /**
   * With a status of its own.
   *
   * @param status HTTP status, 400…599
   */
  public Refusal(Problem problem, int status, String message) {
    super(message, null, false, false);
    this.problem = problem;
    this.status = status;
  }

  /** Why. */
  public Problem problem() {
    return problem;
  }

  /** HTTP status. */
  public int status() {
    return status;
  }
}
