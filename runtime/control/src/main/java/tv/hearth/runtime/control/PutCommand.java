package tv.hearth.runtime.control;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import tv.hearth.support.gate.ServiceGate;
import tv.hearth.support.json.JsonWriter;
import tv.hearth.vendor.objects.DurabilityClass;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.ObjectInfo;
import tv.hearth.vendor.objects.ObjectStore;
import tv.hearth.vendor.objects.PutRequest;

/**
 * Stores a file or folder of this machine. The store works on a thread of its own; the one that
 * speaks with whoever asked tells four times a second how far it is, so that a slow reader holds
 * nothing up and one who left ends the put.
 */
final class PutCommand implements AutoCloseable {
  private static final long TELL_MILLIS = 250;
  private final ServiceGate<ObjectStore> store;
  private final ExecutorService threads = Executors.newCachedThreadPool(PutCommand::thread);

  PutCommand(ServiceGate<ObjectStore> store) {
    this.store = store;
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "hearth-control-put");
    thread.setDaemon(true);
    return thread;
  }

  /** What of a path would be stored: bytes, files, and what is left out. */
  static String look(Query query) throws IOException {
    try (FolderSource source = new FolderSource(Path.of(query.need("path")))) {
      JsonWriter json = new JsonWriter().object().name("length").value(source.length());
      json.name("files").value(source.entries().size());
      return leftOut(json, source.leftOut()).end().toString();
    }
  }

  /**
   * Writes a line {@code {"safe":BYTES,"read":BYTES}} four times a second; answers what is stored.
   */
  String run(Query query, OutputStream lines) throws IOException, ObjectFailure {
    FolderSource source = new FolderSource(Path.of(query.need("path")));
    AtomicLong safe = new AtomicLong();
    Future<ObjectInfo> stored = begin(query, source, safe);
    try {
      return Views.object(new JsonWriter(), await(stored, lines, source, safe)).toString();
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the box stops", e);
    } finally {
      source.stop("whoever asked for the put went away");
    }
  }

  private Future<ObjectInfo> begin(Query query, FolderSource source, AtomicLong safe)
      throws IOException {
    try {
      PutRequest request =
          new PutRequest(
              query.ref(),
              DurabilityClass.of(query.get("class", "home")),
              source.length(),
              query.get("type", ""),
              source.entries(),
              source,
              safe::set);
      return threads.submit(
          () -> {
            try (source) {
              return store.get().put(request);
            }
          });
    } catch (RuntimeException e) {
      source.close();
      throw e;
    }
  }

  private static ObjectInfo await(
      Future<ObjectInfo> stored, OutputStream lines, FolderSource source, AtomicLong safe)
      throws IOException, ExecutionException, InterruptedException {
    while (true) {
      try {
        return stored.get(TELL_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        String line = "{\"safe\":" + safe.get() + ",\"read\":" + source.done() + "}\n";
        lines.write(line.getBytes(StandardCharsets.US_ASCII));
        lines.flush();
      }
    }
  }

  private static IOException failure(Throwable cause) throws ObjectFailure {
    if (cause instanceof ObjectFailure) {
      throw (ObjectFailure) cause;
    } else if (cause instanceof RuntimeException) {
      throw (RuntimeException) cause;
    } else if (cause instanceof Error) {
      throw (Error) cause;
    }
    return cause instanceof IOException ? (IOException) cause : new IOException(cause);
  }

  private static JsonWriter leftOut(JsonWriter json, List<Tree.LeftOut> all) {
    json.name("leftOut").array();
    for (Tree.LeftOut each : all) {
      json.object().name("path").value(each.path()).name("what").value(each.what()).end();
    }
    return json.end();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
