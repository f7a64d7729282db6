package tv.hearth.launcher.fetch;

/** How long to wait before asking again. One thread at a time. */
final class Backoff {
  private static final long LEAST_MILLIS = 250;
  private static final long MOST_MILLIS = 15_000;
  private static final long MOST_ASKED_SECONDS = 60;
  private long next = LEAST_MILLIS;
  private long asked;

  /** What a 503 said, in seconds; a date or nothing counts as nothing. */
  void askedFor(String retryAfter) {
    boolean seconds = retryAfter != null && retryAfter.strip().matches("[0-9]{1,9}");
    asked = seconds ? Math.min(MOST_ASKED_SECONDS, Long.parseLong(retryAfter.strip())) * 1000 : 0;
  }

  /** Twice as long each time, from the beginning once bytes came. */
  long millis(boolean gotOn) {
    next = gotOn ? LEAST_MILLIS : Math.min(MOST_MILLIS, 2 * next);
    long wait = Math.max(next, asked);
    asked = 0;
    return wait;
  }
}
