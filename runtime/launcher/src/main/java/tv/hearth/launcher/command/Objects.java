package tv.hearth.launcher.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import tv.hearth.launcher.hood.ControlClient;
import tv.hearth.launcher.hood.Hood;
import tv.hearth.launcher.ui.Progress;

/** Objects of one node's shelf, by its control listener. */
public final class Objects {
  private static final Duration PUT = Duration.ofHours(12);
  private final ControlClient control;
  private final String shelf;

  /** The catalogue, or that box's household's objects. */
  public Objects(Hood hood, int box, boolean catalogue) {
    this.control = new ControlClient(hood.box(box));
    this.shelf = catalogue ? "catalogue" : "household";
  }

  /** Stores; answers what is stored. */
  public JsonNode put(Path source, String name, String durability, Progress progress) {
    progress.begin("storing " + name, size(source));
    try {
      return control.call(
          "/put",
          Map.of(
              "shelf", shelf,
              "name", name,
              "class", durability,
              "path", source.toAbsolutePath().toString()),
          PUT,
          progress::at);
    } finally {
      progress.end();
    }
  }

  /** All objects of the shelf. */
  public JsonNode list() {
    return control.call("/list", Map.of("shelf", shelf));
  }

  /** What an object survives now. */
  public JsonNode survey(String name) {
    return control.call("/survey", Map.of("shelf", shelf, "name", name));
  }

  /** Deletes. */
  public JsonNode delete(String name) {
    return control.call("/delete", Map.of("shelf", shelf, "name", name));
  }

  /** Bytes by box that reads through this node came from. */
  public JsonNode sources() {
    return control.call("/sources", Map.of());
  }

  private static long size(Path source) {
    try (Stream<Path> files = Files.walk(source)) {
      return files.filter(Files::isRegularFile).mapToLong(f -> f.toFile().length()).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
