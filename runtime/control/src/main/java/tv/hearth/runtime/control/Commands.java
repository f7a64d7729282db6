package tv.hearth.runtime.control;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import tv.hearth.support.gate.ServiceGate;
import tv.hearth.support.json.JsonWriter;
import tv.hearth.vendor.objects.DurabilityClass;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.ObjectInfo;
import tv.hearth.vendor.objects.ObjectStore;
import tv.hearth.vendor.objects.PutRequest;

/** What can be commanded of the object store. */
final class Commands {
  private static final long PROGRESS_NANOS = 200_000_000;

  private final ServiceGate<ObjectStore> store;

  Commands(ServiceGate<ObjectStore> store) {
    this.store = store;
  }

  /**
   * Stores a file or folder of this machine; writes a line {@code {"safe":BYTES}} from time to
   * time.
   */
  String put(Query query, OutputStream lines) throws IOException, ObjectFailure {
    try (FolderSource source = new FolderSource(Path.of(query.need("path")))) {
      AtomicLong next = new AtomicLong(System.nanoTime());
      PutRequest request =
          new PutRequest(
              query.ref(),
              DurabilityClass.of(query.get("class", "home")),
              source.length(),
              query.get("type", ""),
              source.entries(),
              source,
              safe -> progress(lines, next, safe));
      ObjectInfo info = store.get().put(request);
      return Views.object(new JsonWriter(), info).toString();
    }
  }

  String list(Query query) throws ObjectFailure {
    JsonWriter json = new JsonWriter().array();
    String after = "";
    List<ObjectInfo> page;
    do {
      String from = after;
      page = store.call(s -> s.list(query.shelf(), from));
      for (ObjectInfo info : page) {
        Views.object(json, info);
        after = info.ref().name();
      }
    } while (page.size() == 1000);
    return json.end().toString();
  }

  String survey(Query query) throws ObjectFailure {
    return Views.survival(new JsonWriter(), store.call(s -> s.survey(query.ref()))).toString();
  }

  String delete(Query query) throws ObjectFailure {
    store.get().delete(query.ref());
    return new JsonWriter().object().name("deleted").value(query.need("name")).end().toString();
  }

  String sources() {
    JsonWriter json = new JsonWriter().object();
    store.get().sources().forEach((box, bytes) -> json.name(box).value(bytes));
    return json.end().toString();
  }

  private static void progress(OutputStream lines, AtomicLong next, long safe) {
    long now = System.nanoTime();
    if (now - next.get() < 0) {
      return;
    }
    next.set(now + PROGRESS_NANOS);
    try {
      lines.write(("{\"safe\":" + safe + "}\n").getBytes(StandardCharsets.UTF_8));
      lines.flush();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("whoever asked for the put went away", e);
    }
  }
}
