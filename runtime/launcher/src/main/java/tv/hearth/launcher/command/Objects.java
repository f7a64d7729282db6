package tv.hearth.launcher.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tv.hearth.launcher.LauncherException;
import tv.hearth.launcher.hood.ControlClient;
import tv.hearth.launcher.hood.Hood;
import tv.hearth.launcher.hood.Waiting;
import tv.hearth.launcher.ui.Progress;
import tv.hearth.launcher.ui.Words;

/** Objects of one node's shelf, by its control listener. */
public final class Objects {
  private static final Duration SILENCE = Duration.ofMinutes(2);
  private static final Duration STANDSTILL = Duration.ofMinutes(5);
  private final ControlClient control;
  private final String shelf;

  /** The catalogue, or that box's household's objects. */
  public Objects(Hood hood, int box, boolean catalogue) {
    this.control = new ControlClient(hood.box(catalogue ? box : hood.boxes(List.of(box)).get(0)));
    this.shelf = catalogue ? "catalogue" : "household";
  }

  /** What of a file or folder would be stored: {@code length}, {@code files}, {@code leftOut}. */
  public JsonNode look(Path source) {
    return control.call("/look", Map.of("path", source.toAbsolutePath().toString()));
  }

  /** Stores; answers what is stored. Waits as long as it goes on. */
  public JsonNode put(Path source, String name, String durability, Progress progress) {
    progress.begin("storing " + name, look(source).get("length").asLong());
    Waiting waiting = new Waiting(STANDSTILL);
    try {
      return control.call(
          "/put",
          Map.of(
              "shelf", shelf,
              "name", name,
              "class", durability,
              "path", source.toAbsolutePath().toString()),
          SILENCE,
          line -> {
            progress.at(line.get("safe").asLong());
            if (waiting.standsStill(line)) {
              throw new LauncherException(standstill(name, line));
            }
          });
    } finally {
      progress.end();
    }
  }

  private static String standstill(String name, JsonNode line) {
    return "storing "
        + name
        + " has stood still for "
        + STANDSTILL.toMinutes()
        + " min: "
        + Words.bytes(line.get("safe").asLong())
        + " are safe in other boxes, "
        + Words.bytes(line.path("read").asLong())
        + " were read. 'hearth status' tells which boxes answer; then put it again";
  }

  /** All objects of the shelf. */
  public JsonNode list() {
    return control.call("/list", Map.of("shelf", shelf));
  }

  /** All objects of the shelf, or that the node did not tell them in time. */
  JsonNode list(Duration patience) {
    return control.call("/list", Map.of("shelf", shelf), patience, line -> {});
  }

  /** What an object survives now. */
  public JsonNode survey(String name) {
    return control.call("/survey", Map.of("shelf", shelf, "name", name));
  }

  /** What an object survives now, or that the node did not tell it in time. */
  JsonNode survey(String name, Duration patience) {
    return control.call("/survey", Map.of("shelf", shelf, "name", name), patience, line -> {});
  }

  /** Deletes. */
  public JsonNode delete(String name) {
    return control.call("/delete", Map.of("shelf", shelf, "name", name));
  }

  /** Bytes by box that reads through this node came from. */
  public JsonNode sources() {
    return control.call("/sources", Map.of());
  }
}
