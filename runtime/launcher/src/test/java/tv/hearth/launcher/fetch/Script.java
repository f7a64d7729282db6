package tv.hearth.launcher.fetch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** A gateway that gives one answer after the other, good and bad ones; the last again and again. */
final class Script implements AutoCloseable {
  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
  private final List<Answer> answers;
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private final Thread thread = new Thread(this::run, "script");

  /** Writes an answer, the connection's end included. */
  interface Answer {
    void write(OutputStream out) throws IOException;
  }

  Script(Answer... answers) throws IOException {
    this.answers = List.of(answers);
    thread.start();
  }

  /** A head and a body; {@code head} has no empty line. */
  static Answer of(String head, String body) {
    return out ->
        out.write(("HTTP/1.1 " + head + "\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII));
  }

  static String version(String tag, int length) {
    return "200 OK\r\nETag: \"" + tag + "\"\r\nContent-Length: " + length;
  }

  static String range(String tag, int from, int length) {
    return "206 Partial Content\r\nETag: \""
        + tag
        + "\"\r\nContent-Range: bytes "
        + from
        + "-"
        + (length - 1)
        + "/"
        + length
        + "\r\nContent-Length: "
        + (length - from);
  }

  String base() {
    return "http://127.0.0.1:" + server.getLocalPort() + "/";
  }

  /** Range and If-Range of each request. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  private void run() {
    for (int i = 0; !server.isClosed(); i++) {
      try (Socket socket = server.accept()) {
        asked.add(fields(socket));
        answers.get(Math.min(i, answers.size() - 1)).write(socket.getOutputStream());
      } catch (IOException e) {
        asked.add("a connection ended: " + e.getMessage());
      }
    }
  }

  private static String fields(Socket socket) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(socket.getInputStream()));
    StringBuilder fields = new StringBuilder();
    for (String line = lines.readLine(); !line.isEmpty(); line = lines.readLine()) {
      if (line.toLowerCase(Locale.ROOT).matches("(if-)?range: .*")) {
        fields.append(line).append(' ');
      }
    }
    return fields.toString().strip();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
