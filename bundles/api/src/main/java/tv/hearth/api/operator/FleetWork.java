package tv.hearth.api.operator;

import java.util.Optional;

/**
 * Whiteboard: what is under way in the fleet that the neighbourhood's level must not be raised in
 * the middle of, for it may end by taking boxes back. Thread-safe; answers at once.
 */
public interface FleetWork {
  /** In the operator's words, e.g. "campaign 7 is running"; empty where nothing is. */
  Optional<String> underWay();
}
