package tv.hearth.headend.registry.web;

import java.io.IOException;
import tv.hearth.headend.registry.enrol.RefusedException;

/** Answers requests; called on the listener's workers. */
@FunctionalInterface
public interface Pages {
  /** The answer. */
  Response answer(Request request) throws RefusedException, IOException;

  /** So many bytes of a file went out, beside answers' own bodies. */
  default void sent(long bytes) {}
}
