package tv.hearth.runtime.control;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleException;
import tv.hearth.api.identity.IdentityException;
import tv.hearth.support.gate.ServiceMissingException;
import tv.hearth.support.io.DurableFiles;
import tv.hearth.support.json.JsonWriter;
import tv.hearth.support.problem.FileProblem;
import tv.hearth.vendor.objects.ObjectFailure;

/**
 * Takes commands on loopback from whoever can read the token in its file. The last line of an
 * answer is its result, a JSON value, or {@code {"problem":…,"message":…}}; the connection ends
 * with it.
 */
final class ControlServer implements AutoCloseable {
  static final int MOST_AT_ONCE = 16;
  private static final System.Logger LOG = System.getLogger(ControlServer.class.getName());
  private static final int BACKLOG = 64;
  private static final String ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nConnection: close\r\n\r\n";
  private static final String NOTHING = "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

  private final ExecutorService threads =
      new ThreadPoolExecutor(
          0, MOST_AT_ONCE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), ControlServer::thread);
  private final Map<SocketChannel, Boolean> busy = new ConcurrentHashMap<>();
  private final byte[] token;
  private final Services services;
  private final Commands commands;
  private final PutCommand put;
  private final BundleCommands bundles;
  private final InetSocketAddress listens;
  private final ControlDoor door;

  ControlServer(Services services, BundleCommands bundles, int port, Path file) throws IOException {
    this.bundles = bundles;
    this.services = services;
    this.commands = new Commands(services.objects);
    this.put = new PutCommand(services.objects);
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    token = ("Bearer " + HexFormat.of().formatHex(random)).getBytes(StandardCharsets.US_ASCII);
    ServerSocketChannel server = listen(port);
    listens = (InetSocketAddress) server.getLocalAddress();
    door = new ControlDoor(server, this::take, System::nanoTime);
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

  /** On 127.0.0.1, or ::1 where this machine has no other loopback. */
  private static ServerSocketChannel listen(int port) throws IOException {
    String loopback = isThere("127.0.0.1") ? "127.0.0.1" : "::1";
    ServerSocketChannel server = ServerSocketChannel.open();
    try {
      return server.bind(new InetSocketAddress(InetAddress.getByName(loopback), port), BACKLOG);
    } catch (BindException e) {
      server.close();
      throw new IOException(
          "port " + port + " is in use: set 'port' of tv.hearth.runtime.control to another", e);
    }
  }

  private static boolean isThere(String address) throws IOException {
    return NetworkInterface.getByInetAddress(InetAddress.getByName(address)) != null;
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "hearth-control");
    thread.setDaemon(true);
    return thread;
  }

  private String address() {
    return new JsonWriter()
        .object()
        .name("host")
        .value(listens.getAddress().getHostAddress())
        .name("port")
        .value(listens.getPort())
        .name("authorization")
        .value(new String(token, StandardCharsets.US_ASCII))
        .name("pid")
        .value(ProcessHandle.current().pid())
        .end()
        .toString();
  }

  /** On the door's thread: whoever has not the token gets no thread of his own. */
  private void take(SocketChannel channel, ControlHead head) {
    byte[] offered = head.authorization().getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(token, offered)) {
      refuse(channel, "401 Unauthorized");
    } else if (head.target() == null) {
      refuse(channel, "400 Bad Request");
    } else {
      try {
        threads.execute(() -> handle(channel, head.target()));
      } catch (RejectedExecutionException e) {
        refuse(channel, "503 Busy");
      }
    }
  }

  /** A refusal is shorter than any socket's buffer: it is written, or the caller takes nothing. */
  private static void refuse(SocketChannel channel, String status) {
    try (channel) {
      channel.configureBlocking(false);
      channel.write(
          ByteBuffer.wrap(("HTTP/1.1 " + status + NOTHING).getBytes(StandardCharsets.US_ASCII)));
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "whoever was refused has left", e);
    }
  }

  private void handle(SocketChannel channel, URI target) {
    busy.put(channel, true);
    try (channel) {
      OutputStream out = Channels.newOutputStream(channel);
      out.write(ANSWER.getBytes(StandardCharsets.US_ASCII));
      out.write((answer(target, out) + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "whoever asked has left", e);
    } finally {
      busy.remove(channel);
    }
  }

  private String answer(URI target, OutputStream out) throws IOException {
    try {
      return run(target.getPath(), new Query(target), out);
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
      return problem("SOURCE", FileProblem.words(e));
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
        return put.run(query, out);
      case "/look":
        return PutCommand.look(query);
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
    door.close();
    threads.shutdownNow();
    put.close();
    busy.keySet().forEach(ControlServer::end);
  }

  private static void end(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a connection did not end well", e);
    }
  }
}
