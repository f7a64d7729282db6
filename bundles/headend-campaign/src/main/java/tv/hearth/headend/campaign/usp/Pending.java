package tv.hearth.headend.campaign.usp;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tv.hearth.headend.campaign.rollout.Wanted;

/**
 * Requests that wait for their response, at most {@value #MOST}; the oldest goes first. A response
 * is taken once, and from the box that was asked alone. Thread-safe.
 */
final class Pending {
  private static final int MOST = 20_000;
  private final Map<String, Request> requests = new LinkedHashMap<>();

  /**
   * A request.
   *
   * @param key of the campaign's command; empty where there is none
   * @param release that it is about; empty name where there is none
   */
  record Request(Kind kind, String box, String key, Wanted release) {}

  /** What was asked. */
  enum Kind {
    /** What is installed, so as to update it. */
    LOOK,
    /** To update. */
    UPDATE,
    /** What became of a command that ended well. */
    VERIFY,
    /** What is under way of a campaign that has ended, so as to cancel it. */
    RECALL,
    /** To cancel. */
    CANCEL,
    /** To be told. */
    SUBSCRIBE
  }

  synchronized void put(String messageId, Request request) {
    if (requests.size() == MOST) {
      Iterator<String> oldest = requests.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    requests.put(messageId, request);
  }

  /** Forgets what was asked for a command: an answer on its way must not command it once more. */
  synchronized void forget(String key) {
    requests.values().removeIf(request -> request.key().equals(key));
  }

  /** The request that this is the response to; empty where that box was not asked, or answered. */
  synchronized Optional<Request> take(String messageId, String box) {
    Request request = requests.get(messageId);
    if (request == null || !request.box().equals(box)) {
      return Optional.empty();
    }
    requests.remove(messageId);
    return Optional.of(request);
  }
}
