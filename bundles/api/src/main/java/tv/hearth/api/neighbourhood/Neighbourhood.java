package tv.hearth.api.neighbourhood;

import java.util.List;
import java.util.Optional;
import tv.hearth.api.value.BoxId;

/**
 * The neighbourhood as this box knows it: the last map that verified (kept over restarts, good for
 * weeks while the headend is down) and the freshest endpoint of each member. Thread-safe; answers
 * at once.
 */
public interface Neighbourhood {
  /** The neighbourhood's name as enrolment told it; part of every topic. Empty before enrolment. */
  Optional<String> name();

  /** The last verified map; empty before the first one came. */
  Optional<BoxMap> map();

  /**
   * Where a member can be reached: its own freshest signed record, else the map's. Empty where
   * unknown.
   */
  List<Endpoint> endpoints(BoxId box);

  /**
   * Takes a signed endpoint record that a neighbour passed on. Returns true where it was newer than
   * what was known and verified; false for anything else.
   */
  boolean heard(byte[] signedEndpoint);

  /** Up to {@code limit} freshest signed endpoint records, this box's own first, to pass on. */
  List<byte[]> gossip(int limit);
}
