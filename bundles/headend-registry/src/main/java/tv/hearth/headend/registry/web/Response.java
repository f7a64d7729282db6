package tv.hearth.headend.registry.web;

import java.nio.charset.StandardCharsets;

/**
 * An answer.
 *
 * @param problem name for the header {@code Hearth-Problem}, or empty
 * @param body not to be changed
 */
public record Response(int status, String type, String problem, byte[] body) {
  /** A result. */
  public static Response ok(String type, byte[] body) {
    return new Response(200, type, "", body);
  }

  /** A refusal with a line of text. */
  public static Response problem(int status, String problem, String message) {
    byte[] text = (message + "\n").getBytes(StandardCharsets.UTF_8);
    return new Response(status, "text/plain; charset=utf-8", problem, text);
  }
}
