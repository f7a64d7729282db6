package tv.hearth.headend.registry.web;

import java.nio.charset.StandardCharsets;

/**
 * An answer.
 *
 * @param problem name for the header {@code Hearth-Problem}, or empty
 * @param body not to be changed; empty where a file is sent
 * @param file what is sent in its place, or null
 */
public record Response(int status, String type, String problem, byte[] body, FilePart file) {
  /** Without a file. */
  public Response(int status, String type, String problem, byte[] body) {
    this(status, type, problem, body, null);
  }

  /** A file, or a part of one. */
  public static Response file(String type, FilePart part) {
    return new Response(part.isPartial() ? 206 : 200, type, "", new byte[0], part);
  }

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
