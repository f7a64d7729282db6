package tv.hearth.api.update;

/**
 * One bundle of a release, as it is in the framework.
 *
 * @param symbolicName Bundle-SymbolicName
 * @param version Bundle-Version
 * @param bundleId the framework's id, or -1 where it is not installed
 * @param base true for what the firmware holds and no release may take away
 * @param reason why it is not active; empty where it is, and where it was set idle
 */
public record Unit(
    String symbolicName, String version, long bundleId, boolean base, State state, String reason) {
  /** What it does. */
  public enum State {
    /** Installed or resolved, not running. */
    IDLE,
    /** On its way up. */
    STARTING,
    /** Running. */
    ACTIVE,
    /** On its way down. */
    STOPPING
  }
}
