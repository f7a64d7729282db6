package tv.hearth.runtime.control;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.osgi.framework.BundleException;
import tv.hearth.api.identity.IdentityException;
import tv.hearth.support.gate.ServiceMissingException;
import tv.hearth.support.io.DurableFiles;
import tv.hearth.support.json.JsonWriter;
import tv.hearth.vendor.objects.ObjectFailure;

/**
 * Takes commands on 127.0.0.1 from whoever can read the token in its file. The last line of an
 * answer is its result, a JSON value, or {@code {"problem":…,"message":…}}.
 */
final class ControlServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ControlServer.class.getName());
  private static final int THREADS = 4;

  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(THREADS, ControlServer::thread);
  private final byte[] token;
  private final Services services;
  private final Commands commands;
  private final BundleCommands bundles;

  ControlServer(Services services, BundleCommands bundles, int port, Path file) throws IOException {
    this.bundles = bundles;
    this.services = services;
    this.commands = new Commands(services.objects);
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    token = ("Bearer " + HexFormat.of().formatHex(random)).getBytes(StandardCharsets.US_ASCII);
    server = listen(port);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
    announce(file);
  }

  private void announce(Path file) throws IOException {
    try {
      DurableFiles.write(file, address().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      close();
      throw new IOException(
          "can't write " + file + ": set 'file' of tv.hearth.runtime.control to another", e);
    }
  }

  private static HttpServer listen(int port) throws IOException {
    try {
      return HttpServer.create(
          new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), THREADS);
    } catch (BindException e) {
      throw new IOException(
          "port " + port + " is in use: set 'port' of tv.hearth.runtime.control to another", e);
    }
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "hearth-control");
    thread.setDaemon(true);
    return thread;
  }

  private String address() {
    return new JsonWriter()
        .object()
        .name("port")
        .value(server.getAddress().getPort())
        .name("authorization")
        .value(new String(token, StandardCharsets.US_ASCII))
        .name("pid")
        .value(ProcessHandle.current().pid())
        .end()
        .toString();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String given = exchange.getRequestHeaders().getFirst("Authorization");
      byte[] offered = given == null ? new byte[0] : given.getBytes(StandardCharsets.UTF_8);
      if (!MessageDigest.isEqual(token, offered)) {
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      exchange.getResponseHeaders().set("Content-Type", "application/x-ndjson");
      exchange.sendResponseHeaders(200, 0);
      OutputStream out = exchange.getResponseBody();
      out.write((answer(exchange, out) + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  private String answer(HttpExchange exchange, OutputStream out) throws IOException {
    try {
      return run(exchange.getRequestURI().getPath(), new Query(exchange.getRequestURI()), out);
    } catch (ObjectFailure e) {
      LOG.log(Level.WARNING, "command failed: " + e.getMessage());
      return problem(e.problem().name(), e.getMessage());
    } catch (IdentityException e) {
      return problem(e.problem().name(), e.getMessage());
    } catch (ServiceMissingException | IllegalArgumentException e) {
      return problem(
          e instanceof ServiceMissingException ? "NOT_READY" : "BAD_REQUEST", e.getMessage());
    } catch (BundleException e) {
      return problem("BUNDLE", e.toString());
    } catch (IOException e) {
      return problem("SOURCE", e.toString());
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "command failed", e);
      return problem("INTERNAL", e.toString());
    }
  }

  private String run(String path, Query query, OutputStream out)
      throws IOException, ObjectFailure, IdentityException, BundleException {
    switch (path) {
      case "/status":
        return new StatusView(services).json();
      case "/put":
        return commands.put(query, out);
      case "/list":
        return commands.list(query);
      case "/survey":
        return commands.survey(query);
      case "/delete":
        return commands.delete(query);
      case "/sources":
        return commands.sources();
      case "/update":
        return Views.update(services.update.get());
      case "/bundles":
        return bundles.list();
      case "/restart":
        return bundles.restart(query.need("bundle"));
      case "/heap":
        return HeapDump.write(query.need("path"));
      case "/phrase":
        return new JsonWriter()
            .object()
            .name("phrase")
            .value(services.household.get().newRecoveryPhrase())
            .end()
            .toString();
      default:
        throw new IllegalArgumentException("no such command: " + path);
    }
  }

  private static String problem(String problem, String message) {
    return new JsonWriter()
        .object()
        .name("problem")
        .value(problem)
        .name("message")
        .value(message)
        .end()
        .toString();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
