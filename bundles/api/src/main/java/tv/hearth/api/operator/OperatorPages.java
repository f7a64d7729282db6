package tv.hearth.api.operator;

/**
 * Whiteboard: pages of the headend's listener beneath {@code /v1/fleet/}, for whoever shows the
 * operator's client certificate. That is checked before a page is asked. Thread-safe; answers soon.
 */
public interface OperatorPages {
  /** Service property (String): the path that these pages are at and beneath. */
  String PATH = "hearth.path";

  /**
   * Answers a request.
   *
   * @param method e.g. {@code GET}
   * @param path whole, without query
   * @param body as it came, bounded by the listener; not to be changed
   */
  Answer answer(String method, String path, byte[] body);

  /**
   * An answer.
   *
   * @param status of HTTP
   * @param problem a name in capitals; empty where the status is 200
   * @param body JSON where the status is 200, else a line that says what is wrong and the remedy
   */
  record Answer(int status, String problem, String body) {
    /** A result. */
    public static Answer ok(String json) {
      return new Answer(200, "", json);
    }
  }
}
