package tv.hearth.api.neighbourhood;

import java.util.List;

/**
 * Registered by whoever listens for neighbours, once it listens: what this box announces. Immutable
 * answer.
 */
public interface LocalEndpoints {
  /** Best first. */
  List<Endpoint> endpoints();
}
