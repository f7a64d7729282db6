package tv.hearth.api.budget;

/**
 * Gives out what the household lets Hearth use. Ask before each piece of work and keep within the
 * answer: limits change at any time. Where no such service is registered, {@link Limits#LEAST}
 * holds. Implementations are thread-safe and answer at once.
 */
public interface Budget {
  /** The limits in force now. */
  Limits current();
}
