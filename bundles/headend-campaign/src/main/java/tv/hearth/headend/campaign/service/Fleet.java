package tv.hearth.headend.campaign.service;

import java.util.Collection;
import tv.hearth.headend.campaign.rollout.Candidate;

/** The boxes as they are now. Thread-safe. */
public interface Fleet {
  /** All members that hold or read pieces, the operator's own nodes not among them. */
  Collection<Candidate> boxes();

  /** Whether the broker has that box's session. */
  boolean online(String box);

  /**
   * Whether the broker said that it has no session of that box. What it has not said yet, as just
   * after a start of the headend, is neither on nor off.
   */
  boolean off(String box);
}
