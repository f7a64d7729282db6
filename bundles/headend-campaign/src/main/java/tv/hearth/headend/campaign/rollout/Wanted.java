package tv.hearth.headend.campaign.rollout;

/**
 * A release that boxes are to run: what a name stands for may be built twice, a counter is not.
 *
 * @param target its name among the signed targets
 * @param counter that it was published with; 0 where the headend does not serve the repository and
 *     so can't know
 */
public record Wanted(String target, long counter) {
  /** Whether they are one release; a counter that one side does not know tells nothing. */
  public boolean is(Wanted other) {
    boolean known = counter != 0 && other.counter != 0;
    return target.equals(other.target) && (!known || counter == other.counter);
  }

  @Override
  public String toString() {
    return target + (counter == 0 ? "" : " (counter " + counter + ")");
  }
}
