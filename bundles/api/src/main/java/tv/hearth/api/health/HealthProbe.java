package tv.hearth.api.health;

/** Whiteboard: a bundle says how it is. Thread-safe, quick, never blocks. */
public interface HealthProbe {
  /** How it is now. */
  Health check();

  /**
   * A state and why.
   *
   * @param reason empty where OK
   */
  record Health(State state, String reason) {
    /** All well. */
    public static final Health OK = new Health(State.OK, "");

    /** Works, but not as it should. */
    public static Health degraded(String reason) {
      return new Health(State.DEGRADED, reason);
    }

    /** Does not work. */
    public static Health failed(String reason) {
      return new Health(State.FAILED, reason);
    }
  }

  /** How a bundle is. */
  enum State {
    /** All well. */
    OK,
    /** Works, but not as it should. */
    DEGRADED,
    /** Does not work. */
    FAILED
  }
}
