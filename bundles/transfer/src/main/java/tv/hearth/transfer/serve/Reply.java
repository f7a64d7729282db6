package tv.hearth.transfer.serve;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import tv.hearth.transfer.core.Refusal;
import tv.hearth.transfer.core.Wire;

/**
 * A small answer.
 *
 * @param length what Content-Length says; differs from the body's own in answers to HEAD
 */
public record Reply(
    int status, String type, Map<String, String> headers, byte[] body, long length) {
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String BINARY = "application/octet-stream";

  /** 200 with bytes. */
  public static Reply bytes(byte[] body) {
    return new Reply(200, BINARY, Map.of(), body, body.length);
  }

  /** 200 with CBOR. */
  public static Reply cbor(byte[] body) {
    return new Reply(200, "application/cbor", Map.of(), body, body.length);
  }

  /** A receipt: the piece is whole and durable. */
  public static Reply receipt(byte[] receipt, long written) {
    Map<String, String> headers = Map.of(Wire.WRITTEN, Long.toString(written));
    return new Reply(201, "application/cose", headers, receipt, receipt.length);
  }

  /** So much of a piece is there. */
  public static Reply written(long written) {
    String text = Long.toString(written);
    return text(202, Map.of(Wire.WRITTEN, text), text);
  }

  /** A number as text. */
  public static Reply count(int count) {
    return text(200, Map.of(), Integer.toString(count));
  }

  /** Taken, without effect yet. */
  public static Reply waiting() {
    return text(202, Map.of(), "0");
  }

  /** Done. */
  public static Reply done() {
    return new Reply(204, TEXT, Map.of(), new byte[0], 0);
  }

  /** Headers alone, as if a body of {@code length} bytes followed. */
  public static Reply head(Map<String, String> headers, long length) {
    return new Reply(200, BINARY, headers, new byte[0], length);
  }

  /** An error with its one-line reason. */
  public static Reply refusal(Refusal refusal) {
    String reason = String.valueOf(refusal.getMessage()).replaceAll("\\p{Cntrl}", " ");
    return text(refusal.status(), Map.of(Wire.PROBLEM, refusal.problem().name()), reason);
  }

  /** As the answer to a HEAD: the same headers, and no body. */
  public Reply bodiless() {
    return new Reply(status, type, headers, new byte[0], length);
  }

  private static Reply text(int status, Map<String, String> headers, String line) {
    byte[] body = (line + "\n").getBytes(StandardCharsets.UTF_8);
    return new Reply(status, TEXT, headers, body, body.length);
  }
}
