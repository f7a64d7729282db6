package tv.hearth.api.placement;

/** The neighbourhood has fewer boxes that take pieces than the class wants. */
public final class TooFewBoxesException extends Exception {
  private static final long serialVersionUID = 1L;
  private final int wanted;
  private final int available;

  /** Names both numbers. */
  public TooFewBoxesException(int wanted, int available) {
    super(
        "wants "
            + wanted
            + " boxes that take pieces, the map has "
            + available
            + ": add boxes or take a narrower class");
    this.wanted = wanted;
    this.available = available;
  }

  /** Boxes wanted. */
  public int wanted() {
    return wanted;
  }

  /** Boxes that would take a piece. */
  public int available() {
    return available;
  }
}
