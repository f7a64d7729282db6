package tv.hearth.membership.enrol;

import java.io.IOException;

/** The headend answered, and refused. */
public final class RefusedException extends IOException {
  private static final long serialVersionUID = 1L;
  private final String problem;

  /**
   * With the headend's words.
   *
   * @param problem its name, as the enrolment format page lists them
   */
  public RefusedException(String problem, String message) {
    super(message);
    this.problem = problem;
  }

  /** Its name. */
  public String problem() {
    return problem;
  }
}
