package tv.hearth.sample.epg;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import tv.hearth.vendor.gateway.GatewayAddress;

/** The page and what it asks for; on loopback, as a box shows its own EPG. */
final class EpgServer implements AutoCloseable {
  private static final Map<String, String> FILES =
      Map.of(
          "/", "index.html",
          "/epg.css", "epg.css",
          "/epg.js", "epg.js");
  private static final Map<String, String> TYPES =
      Map.of("html", "text/html", "css", "text/css", "js", "text/javascript");

  private final HttpServer server;
  private final ExecutorService thread = Executors.newSingleThreadExecutor(EpgServer::daemon);
  private final Supplier<GatewayAddress> gateway;
  private final Viewing viewing;

  EpgServer(int port, Supplier<GatewayAddress> gateway, Viewing viewing) throws IOException {
    this.gateway = gateway;
    this.viewing = viewing;
    try {
      server =
          HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 8);
    } catch (BindException e) {
      thread.shutdown();
      throw new IOException("port " + port + " is in use: set the sample EPG's port to another", e);
    }
    server.createContext("/", this::answer);
    server.setExecutor(thread);
    server.start();
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "sample-epg");
    thread.setDaemon(true);
    return thread;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (path.equals("/gateway")) {
        GatewayAddress address = gateway.get();
        send(exchange, "text/plain", address == null ? "" : address.base().toString());
      } else if (path.equals("/playing") && exchange.getRequestMethod().equals("POST")) {
        viewing.playing(seconds(exchange), System.nanoTime());
        exchange.sendResponseHeaders(204, -1);
      } else if (FILES.containsKey(path)) {
        file(exchange, FILES.get(path));
      } else {
        exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  private static int seconds(HttpExchange exchange) {
    String query = exchange.getRequestURI().getQuery();
    return query != null && query.matches("\\d{1,5}") ? Integer.parseInt(query) : -1;
  }

  private static void file(HttpExchange exchange, String name) throws IOException {
    try (InputStream in = EpgServer.class.getResourceAsStream("/epg/" + name)) {
      String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
      send(exchange, type, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static void send(HttpExchange exchange, String type, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    thread.shutdownNow();
  }
}
