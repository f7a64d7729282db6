package tv.hearth.objects.machine;

/**
 * What the boxes that keep a record have of it. Certain is what so many answered that one of those
 * who acknowledged the newest is among them ({@link tv.hearth.objects.core.Quorum}). Those who were
 * silent lately are kept back, and asked only where nobody else had the record: then silence is not
 * to become "no". Pure.
 */
public final class ReadRound extends ReplicaRound {
  private final int first;
  private final int need;
  private final How how;
  private long foundAt = NEVER;
  private long widenedAt = NEVER;

  /**
   * How long to wait, nanoseconds.
   *
   * @param patience for a quorum, once somebody has the record
   * @param most for a quorum, while nobody has it
   * @param sure whether "there is none" wants a quorum; else the first word will do after {@code
   *     patience}
   */
  public record How(long patience, long most, boolean sure) {}

  /**
   * To the first {@code first} of {@code boxes}, and perhaps to the others.
   *
   * @param need answers that make it certain
   * @param found whether whoever asks has the record himself
   */
  public ReadRound(int boxes, int first, int need, boolean found, How how) {
    super(boxes);
    this.first = first;
    this.need = need;
    this.how = how;
    this.foundAt = found ? 0 : NEVER;
  }

  /** True where the newest that was acknowledged is among what was answered. */
  public boolean isCertain() {
    return answers() >= need;
  }

  @Override
  void found(long now) {
    foundAt = Math.min(foundAt, age(now));
  }

  @Override
  boolean isDone(long age) {
    return isCertain() || age >= deadline() && !mayAskMore();
  }

  @Override
  int wanted(long age, boolean first) {
    if (first) {
      return Math.min(this.first, idle());
    }
    if (mayAskMore() && (age >= how.patience() || isWaitingForNone())) {
      widenedAt = age;
      return idle();
    }
    return 0;
  }

  /** Nobody has it so far, and somebody was not asked. */
  @Override
  boolean mayAskMore() {
    return how.sure() && foundAt == NEVER && widenedAt == NEVER && idle() > 0;
  }

  @Override
  long deadline() {
    boolean isWidened = widenedAt != NEVER;
    if (foundAt != NEVER) {
      return Math.max(foundAt, isWidened ? widenedAt + how.patience() : how.patience());
    }
    if (mayAskMore() || !how.sure() && answers() > 0) {
      return how.patience();
    }
    return isWidened ? widenedAt + how.most() : how.most();
  }
}
