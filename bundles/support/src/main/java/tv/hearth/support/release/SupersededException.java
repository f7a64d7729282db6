package tv.hearth.support.release;

import java.io.IOException;

/** What was to be written to the journal was decided before another owner wrote to it. */
public final class SupersededException extends IOException {
  private static final long serialVersionUID = 1L;

  SupersededException(long seen, long newest) {
    super(
        "decided on record "
            + seen
            + " of the journal, and another owner has written record "
            + newest
            + " since: read it and decide again");
  }
}
