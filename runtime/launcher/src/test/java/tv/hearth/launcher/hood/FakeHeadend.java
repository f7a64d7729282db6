package tv.hearth.launcher.hood;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
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
import tv.hearth.headend.registry.operator.OperatorKeys;
import tv.hearth.headend.registry.pki.KeyFiles;
import tv.hearth.headend.registry.pki.TlsContexts;

/**
 * A headend's pages and its control listener, whose answers the test gives; this JVM plays its
 * process. It shows a certificate that the neighbourhood's anchor stands behind.
 */
public final class FakeHeadend implements AutoCloseable {
  private final Map<String, String> pages = new ConcurrentHashMap<>();
  private final Map<String, String> posted = new ConcurrentHashMap<>();
  private final HttpsServer server;
  private final ServerSocket control;

  /** Listens where {@code hood} expects its headend; its health is as given, JSON in an array. */
  public FakeHeadend(Hood hood, String health) throws IOException {
    OperatorKeys keys = hood.operator();
    URI url = URI.create(hood.headendUrl());
    server = HttpsServer.create(new InetSocketAddress(url.getHost(), url.getPort()), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(
            TlsContexts.of(
                KeyFiles.key(keys.brokerKey()),
                KeyFiles.chain(keys.brokerCertificate()),
                KeyFiles.chain(keys.anchor()))));
    server.createContext("/", this::answer);
    server.start();
    Path node = hood.headend().folder();
    ControlClientTest.runs(node);
    control = new ServerSocket(0, 4, InetAddress.getByName("127.0.0.1"));
    Files.writeString(
        node.resolve("control.json"),
        "{\"port\":" + control.getLocalPort() + ",\"authorization\":\"Bearer x\"}");
    CompletableFuture.runAsync(() -> control("{\"health\":" + health + "}"));
  }

  /** What it answers to GET and POST. */
  public FakeHeadend page(String path, String json) {
    pages.put(path, json);
    return this;
  }

  /** What was posted there last. */
  public String posted(String path) {
    return posted.get(path);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (exchange.getRequestMethod().equals("POST")) {
      posted.put(
          path, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }
    byte[] body = pages.getOrDefault(path, "no page").getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(pages.containsKey(path) ? 200 : 404, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private void control(String status) {
    while (!control.isClosed()) {
      try (Socket socket = control.accept()) {
        String answer = "HTTP/1.1 200 OK\r\nContent-Type: x\r\n\r\n" + status;
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        System.getLogger(FakeHeadend.class.getName())
            .log(System.Logger.Level.DEBUG, "one caller less", e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    control.close();
    server.stop(0);
  }
}
