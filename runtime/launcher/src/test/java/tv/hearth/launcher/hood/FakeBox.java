package tv.hearth.launcher.hood;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A box's control listener and gateway, whose answers the test gives; this JVM plays its process.
 */
public final class FakeBox implements AutoCloseable {
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final ServerSocket control;
  private final HttpServer gateway;

  /** Listens where {@code hood} expects that box. */
  public FakeBox(Hood hood, int number) throws IOException {
    Path node = hood.box(number).folder();
    runs(node);
    control = new ServerSocket(0, 4, InetAddress.getByName("127.0.0.1"));
    Files.writeString(
        hood.box(number).controlFile(),
        "{\"port\":" + control.getLocalPort() + ",\"authorization\":\"Bearer x\"}");
    URI url = URI.create(hood.gateway(number));
    gateway = HttpServer.create(new InetSocketAddress(url.getHost(), url.getPort()), 0);
    gateway.start();
    CompletableFuture.runAsync(this::control);
  }

  /** This JVM plays that node's process. */
  public static void runs(Path node) throws IOException {
    ControlClientTest.runs(node);
  }

  /** What it answers to a command, JSON. */
  public FakeBox answers(String path, String json) {
    answers.put(path, json);
    return this;
  }

  /** What its gateway answers to everything. */
  public void serves(int status, String said) {
    byte[] body = said.getBytes(StandardCharsets.UTF_8);
    gateway.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  private void control() {
    while (!control.isClosed()) {
      try (Socket socket = control.accept()) {
        String path = new String(socket.getInputStream().readNBytes(64), StandardCharsets.US_ASCII);
        String asked = path.substring(path.indexOf(' ') + 1, path.indexOf('?'));
        String answer = "HTTP/1.1 200 OK\r\nContent-Type: x\r\n\r\n" + answers.get(asked);
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        System.getLogger(FakeBox.class.getName())
            .log(System.Logger.Level.DEBUG, "one caller less", e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    control.close();
    gateway.stop(0);
  }
}
