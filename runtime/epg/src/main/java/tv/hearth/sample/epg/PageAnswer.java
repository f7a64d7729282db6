package tv.hearth.sample.epg;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What the page is answered; the connection ends with it.
 *
 * @param type media type of the body; null where there is no body
 * @param more further header lines, each with its end
 */
record PageAnswer(int status, String type, byte[] body, String more) {
  /** What the page may load: its own files, and films of a gateway wherever it listens. */
  private static final String POLICY =
      "default-src 'self'; img-src data:; style-src 'self' 'unsafe-inline';"
          + " connect-src 'self' http:; media-src http: blob:; frame-ancestors 'none'";

  private static final int NO_CONTENT = 204;

  static PageAnswer bare(int status) {
    return new PageAnswer(status, null, new byte[0], "");
  }

  static PageAnswer allowed(String method) {
    return new PageAnswer(405, null, new byte[0], "Allow: " + method + "\r\n");
  }

  static PageAnswer of(String type, byte[] body) {
    return new PageAnswer(200, type, body, "");
  }

  /** As it is sent. */
  byte[] bytes() {
    StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append(" \r\n").append(more);
    if (type != null) {
      head.append("Content-Type: ").append(type).append("; charset=utf-8\r\n");
      head.append("Content-Security-Policy: ").append(POLICY).append("\r\n");
      head.append("X-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\n");
    }
    if (status != NO_CONTENT) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    head.append("Connection: close\r\n\r\n");
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(head.toString().getBytes(StandardCharsets.US_ASCII));
    whole.writeBytes(body);
    return whole.toByteArray();
  }
}
