package tv.hearth.objects.machine;

/**
 * Any one answer that has the record, for records that never change: few are asked at first, more
 * when they are slow. Pure.
 */
public final class WaveRound extends ReplicaRound {
  private final int size;
  private final long pause;
  private final long most;
  private long wave;
  private boolean isFound;

  /**
   * To {@code boxes}, best first.
   *
   * @param size boxes a wave
   * @param pause nanoseconds until the next wave, sooner where nobody is left to wait for
   * @param most nanoseconds in all
   */
  public WaveRound(int boxes, int size, long pause, long most) {
    super(boxes);
    this.size = size;
    this.pause = pause;
    this.most = most;
  }

  /** True once somebody had it. */
  public boolean isFound() {
    return isFound;
  }

  @Override
  void found(long now) {
    isFound = true;
  }

  @Override
  boolean isDone(long age) {
    return isFound || age >= most;
  }

  @Override
  int wanted(long age, boolean first) {
    if (first || isWaitingForNone() || age >= wave + pause) {
      wave = age;
      return size;
    }
    return 0;
  }

  @Override
  boolean mayAskMore() {
    return !isFound && idle() > 0;
  }

  @Override
  long deadline() {
    return idle() > 0 ? Math.min(most, wave + pause) : most;
  }
}
