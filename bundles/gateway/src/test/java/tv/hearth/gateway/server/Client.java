package tv.hearth.gateway.server;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** HTTP/1.1 on a bare socket: what is sent is sent as it is. */
final class Client implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 10_000;
  private final Socket socket;
  private final InputStream in;

  /** A head as it came, field names in lower case. */
  record Head(int status, Map<String, String> fields) {
    String field(String name) {
      return fields.get(name.toLowerCase(Locale.ROOT));
    }

    long length() {
      return Long.parseLong(fields.getOrDefault("content-length", "0"));
    }
  }

  /** A head and its body. */
  record Reply(Head head, byte[] body) {
    int status() {
      return head.status();
    }

    String field(String name) {
      return head.field(name);
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  Client(InetSocketAddress address) throws IOException {
    this(address, 64 << 10);
  }

  Client(InetSocketAddress address, int receive) throws IOException {
    socket = new Socket();
    socket.setReceiveBufferSize(receive);
    socket.setTcpNoDelay(true);
    socket.connect(address, PATIENCE_MILLIS);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new BufferedInputStream(socket.getInputStream(), 512);
  }

  Client send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  /** Sends a request with a Host and these lines. */
  Client ask(String method, String uri, String... lines) throws IOException {
    StringBuilder text = new StringBuilder(method + " " + uri + " HTTP/1.1\r\nHost: localhost\r\n");
    for (String line : lines) {
      text.append(line).append("\r\n");
    }
    return send(text.append("\r\n").toString());
  }

  Reply get(String uri, String... lines) throws IOException {
    return ask("GET", uri, lines).reply();
  }

  /** An answer with its body. */
  Reply reply() throws IOException {
    Head head = head();
    byte[] body = in.readNBytes((int) head.length());
    if (body.length < head.length()) {
      throw new EOFException("cut after " + body.length + " of " + head.length());
    }
    return new Reply(head, body);
  }

  /** An answer's head alone. */
  Head head() throws IOException {
    String status = line();
    if (!status.startsWith("HTTP/1.1 ")) {
      throw new IOException("not a status line: " + status);
    }
    Map<String, String> fields = new TreeMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      String before =
          fields.put(
              line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      if (before != null) {
        throw new IOException("twice: " + line);
      }
    }
    return new Head(Integer.parseInt(status.substring(9, 12)), fields);
  }

  /** Reads body bytes; −1 at the end. */
  int read(byte[] into) throws IOException {
    return in.read(into);
  }

  /** True where the other end has closed, and sent nothing more. */
  boolean closed() throws IOException {
    try {
      return in.read() < 0;
    } catch (java.net.SocketException e) {
      return true;
    }
  }

  /** True where something, or the end, comes within so many milliseconds. */
  boolean hears(int millis) throws IOException {
    socket.setSoTimeout(millis);
    in.mark(1);
    try {
      in.read();
      in.reset();
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } finally {
      socket.setSoTimeout(PATIENCE_MILLIS);
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("closed inside a head, after '" + line + "'");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
