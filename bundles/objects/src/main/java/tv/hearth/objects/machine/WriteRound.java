package tv.hearth.objects.machine;

/**
 * A record is offered to all boxes that keep it. Enough is when so many have it as are needed, and
 * the others, who are to have it too, had a moment more. Pure.
 */
public final class WriteRound extends ReplicaRound {
  private final int need;
  private final long grace;
  private final long most;
  private long reachedAt = NEVER;

  /**
   * To all of {@code boxes}.
   *
   * @param need answers without which it failed
   * @param grace nanoseconds for the others, from the moment that there are as many
   * @param most nanoseconds in all
   */
  public WriteRound(int boxes, int need, long grace, long most) {
    super(boxes);
    this.need = need;
    this.grace = grace;
    this.most = most;
  }

  /** True where as many took it as were needed. */
  public boolean isAcknowledged() {
    return answers() >= need;
  }

  @Override
  void found(long now) {
    if (reachedAt == NEVER && answers() >= need) {
      reachedAt = age(now);
    }
  }

  @Override
  boolean isDone(long age) {
    return age >= deadline();
  }

  @Override
  int wanted(long age, boolean first) {
    return first ? idle() : 0;
  }

  @Override
  boolean mayAskMore() {
    return false;
  }

  @Override
  long deadline() {
    return reachedAt == NEVER ? most : Math.min(most, reachedAt + grace);
  }
}
