package tv.hearth.management.agent;

/** What a controller may do. */
public enum Trust {
  /** Nothing: it is not known here. */
  NONE,
  /** Read, and subscribe to what it may read. */
  READ,
  /** All that the data model has; what runs on the box is for the release keys to say. */
  FULL
}
