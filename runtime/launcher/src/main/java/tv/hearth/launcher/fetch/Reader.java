package tv.hearth.launcher.fetch;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import tv.hearth.launcher.LauncherException;

/** Brings an object, a file or a folder, onto this disk. One thread at a time. */
public final class Reader {
  private final Client client;
  private final LongConsumer progress;
  private long done;

  /**
   * Through a client.
   *
   * @param progress told the bytes that are here
   */
  public Reader(Client client, LongConsumer progress) {
    this.client = client;
    this.progress = progress;
  }

  /** A file; gives its length. */
  public long file(String path, Path target) throws IOException {
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      try (OutputStream out = Files.newOutputStream(target)) {
        return client.read(path, new StreamSink(out), progress);
      }
    }
    Path real = Files.exists(target) ? target.toRealPath() : target;
    try (FileSink sink = new FileSink(real)) {
      long before = done;
      long length = client.read(path, sink, got -> progress.accept(before + got));
      done += length;
      return length;
    }
  }

  /**
   * A folder; gives its bytes. Each file is whole or as it was before.
   *
   * @param first its listing's first page
   */
  public long folder(JsonNode first, Path target) throws IOException {
    JsonNode listing = first;
    while (listing != null) {
      for (JsonNode file : listing.get("files")) {
        Path to = inside(target, file.get("path").asText());
        file(file.get("href").asText().substring(1), to);
      }
      String next = listing.path("next").asText("");
      listing = next.isEmpty() || next.equals("null") ? null : client.json(next.substring(1));
    }
    return done;
  }

  private static Path inside(Path target, String path) throws IOException {
    Path to = target.resolve(path).normalize();
    if (!to.startsWith(target) || to.equals(target)) {
      throw new LauncherException("the folder has a file outside of itself: " + path);
    }
    for (Path each = to.getParent(); each.startsWith(target); each = each.getParent()) {
      if (Files.exists(each) && !Files.isDirectory(each)) {
        throw new LauncherException(each + " is a file where a folder is to be: move it away");
      }
    }
    if (Files.isDirectory(to)) {
      throw new LauncherException(to + " is a folder where a file is to be: move it away");
    }
    Files.createDirectories(to.getParent());
    return to;
  }
}
