package tv.hearth.support.release;

/** What names the shadows that a dry resolution puts into the framework for a moment. */
public final class ShadowSet {
  /** Begin of a shadow's location. */
  public static final String LOCATION = "hearth-shadow:";

  private ShadowSet() {}
}
