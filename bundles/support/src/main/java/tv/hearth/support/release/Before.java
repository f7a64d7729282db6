package tv.hearth.support.release;

import java.util.List;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cbor.CborMap;

/**
 * How the box was before a trial, by which the trial is judged. Immutable.
 *
 * @param services that were offered, and must be again in the trial, whose own {@code update}
 *     judges it by them: it may be an older one, which reads nothing else
 * @param beyond others that were offered, which the trial says it does not offer; a way back must
 *     have them again
 * @param ailing bundles whose probes failed, and so say nothing of the trial
 * @param line where the operator's broker is, {@code HOST:PORT}, with which the box was connected;
 *     empty where it was not
 */
public record Before(List<String> services, List<String> beyond, List<String> ailing, String line) {
  /** No trial. */
  public static final Before NONE = new Before(List.of(), List.of(), List.of(), "");

  private static final int MOST_NAMES = 1024;
  private static final int MOST_NAME = 400;

  /** Copies. */
  public Before {
    services = List.copyOf(services);
    beyond = List.copyOf(beyond);
    ailing = List.copyOf(ailing);
  }

  void into(CborMap map) {
    map.putTexts("services", services)
        .putTexts("beyond", beyond)
        .putTexts("ailing", ailing)
        .put("line", line);
  }

  /** Records of 0.1.0 have neither line nor what is beyond. */
  static Before of(CborMap map) throws CborException {
    return new Before(
        map.texts("services", MOST_NAMES, MOST_NAME),
        map.has("beyond") ? map.texts("beyond", MOST_NAMES, MOST_NAME) : List.of(),
        map.texts("ailing", MOST_NAMES, MOST_NAME),
        map.has("line") ? map.text("line", MOST_NAME) : "");
  }
}
