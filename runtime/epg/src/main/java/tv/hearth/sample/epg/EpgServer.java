package tv.hearth.sample.epg;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** The page and what it asks for; on loopback, as a box shows its own EPG. */
final class EpgServer implements AutoCloseable {
  private static final int THREADS = 4;
  private static final int BACKLOG = 16;
  private static final Map<String, String> FILES =
      Map.of(
          "/", "index.html",
          "/epg.css", "epg.css",
          "/epg.js", "epg.js",
          "/player.js", "player.js");
  private static final Map<String, String> TYPES =
      Map.of("html", "text/html", "css", "text/css", "js", "text/javascript");

  /** What the page may load: its own files, and films of a gateway wherever it listens. */
  private static final String POLICY =
      "default-src 'self'; img-src data:; style-src 'self' 'unsafe-inline';"
          + " connect-src 'self' http:; media-src http: blob:; frame-ancestors 'none'";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, EpgServer::daemon);
  private final Supplier<URI> gateway;
  private final Viewing viewing;

  /** Listens; {@code gateway} gives null where there is none. */
  EpgServer(int port, Supplier<URI> gateway, Viewing viewing) throws IOException {
    this.gateway = gateway;
    this.viewing = viewing;
    try {
      InetAddress loopback = InetAddress.getByName("127.0.0.1");
      server = HttpServer.create(new InetSocketAddress(loopback, port), BACKLOG);
    } catch (BindException e) {
      threads.shutdown();
      throw new IOException("port " + port + " is in use: set the sample EPG's port to another", e);
    }
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "sample-epg");
    thread.setDaemon(true);
    return thread;
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String method = exchange.getRequestMethod();
      if (!isOwn(exchange.getRequestHeaders())) {
        exchange.sendResponseHeaders(403, -1);
      } else if (path.equals("/playing")) {
        playing(exchange);
      } else if (!method.equals("GET")) {
        exchange.getResponseHeaders().set("Allow", "GET");
        exchange.sendResponseHeaders(405, -1);
      } else if (path.equals("/gateway")) {
        URI base = gateway.get();
        send(exchange, "text/plain", base == null ? "" : base.toString());
      } else if (FILES.containsKey(path)) {
        file(exchange, FILES.get(path));
      } else {
        exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  /** Only the page itself, at this address, speaks with its server. */
  private boolean isOwn(Headers headers) {
    String host = headers.getFirst("Host");
    String origin = headers.getFirst("Origin");
    boolean here = host != null && host.matches("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d{1,5})?");
    return here && (origin == null || origin.equals("http://" + host));
  }

  private void playing(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      exchange.getResponseHeaders().set("Allow", "POST");
      exchange.sendResponseHeaders(405, -1);
      return;
    }
    viewing.playing(seconds(exchange.getRequestURI().getQuery()), System.nanoTime());
    exchange.sendResponseHeaders(204, -1);
  }

  private static int seconds(String query) {
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
    exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
