package tv.hearth.transfer;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A peer that sends whatever bytes a test wishes over TLS, and reads HTTP answers. */
final class RawPeer implements Closeable {
  private final SSLSocket socket;
  private final InputStream in;

  RawPeer(SSLContext context, int port, String... protocols) throws IOException {
    socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
    socket.setSoTimeout(10_000);
    if (protocols.length > 0) {
      socket.setEnabledProtocols(protocols);
    }
    socket.startHandshake();
    in = socket.getInputStream();
  }

  /** An answer; headers by lower-case name. */
  record Reply(int status, Map<String, String> headers, byte[] body) {
    String problem() {
      return headers.getOrDefault("hearth-problem", "");
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8).trim();
    }
  }

  static String head(String method, String path, String... headers) {
    StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: box\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    return head.append("\r\n").toString();
  }

  RawPeer send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  RawPeer send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  Reply ask(String method, String path, String... headers) throws IOException {
    return send(head(method, path, headers)).reply(method.equals("HEAD"));
  }

  Reply reply() throws IOException {
    return reply(false);
  }

  private Reply reply(boolean headOnly) throws IOException {
    String status = line();
    if (!status.startsWith("HTTP/1.1 ")) {
      throw new IOException("no answer but: " + status);
    }
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).trim());
    }
    int length = headOnly ? 0 : Integer.parseInt(headers.getOrDefault("content-length", "0"));
    byte[] body = in.readNBytes(length);
    return new Reply(Integer.parseInt(status.substring(9, 12)), headers, body);
  }

  /** True once the other side has closed; whatever comes before is dropped. */
  boolean isClosedByPeer() throws IOException {
    try {
      rest();
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  /** All that still comes until the other side closes. */
  String rest() throws SocketTimeoutException {
    StringBuilder rest = new StringBuilder();
    try {
      for (int b = in.read(); b >= 0; b = in.read()) {
        rest.append((char) b);
      }
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      return rest.toString();
    }
    return rest.toString();
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("closed after '" + line + "'");
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.ISO_8859_1).trim();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
