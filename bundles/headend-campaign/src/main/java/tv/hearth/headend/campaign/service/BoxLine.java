package tv.hearth.headend.campaign.service;

import tv.hearth.headend.campaign.rollout.Action;

/** Tells boxes. Returns at once; what is lost is told again. */
@FunctionalInterface
public interface BoxLine {
  /** Does it, or tries to. */
  void act(Action action);
}
