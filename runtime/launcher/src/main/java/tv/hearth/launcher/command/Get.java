package tv.hearth.launcher.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tv.hearth.launcher.LauncherException;
import tv.hearth.launcher.fetch.Client;
import tv.hearth.launcher.fetch.Outlook;
import tv.hearth.launcher.fetch.Reader;
import tv.hearth.launcher.fetch.Target;
import tv.hearth.launcher.hood.Gateway;
import tv.hearth.launcher.hood.Hood;
import tv.hearth.launcher.ui.LeftBehind;
import tv.hearth.launcher.ui.Output;
import tv.hearth.launcher.ui.Words;

/** {@code hearth get}. */
@Command(
    name = "get",
    mixinStandardHelpOptions = true,
    description = {
      "Read an object through a box's gateway, as a player at home would.",
      "A cut answer is asked for again; what is in PATH stays until all of the new is there.",
      "Without --box a film, through the first box that runs; with it that household's "
          + "object, else a film."
    })
public final class Get implements Callable<Integer> {
  private static final int NOT_FOUND = 404;

  @Mixin private Common common;

  @Parameters(paramLabel = "NAME", description = "The object's name")
  private String name;

  @Option(names = "--box", paramLabel = "N", description = "Through the gateway of box N")
  private Integer box;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "PATH",
      description =
          "Where to write it: a file, or a folder to write it into (default: its name, here)")
  private String output;

  @Override
  public Integer call() throws IOException {
    Output out = common.output();
    Hood hood = common.hood();
    int through = box != null ? hood.boxes(List.of(box)).get(0) : firstRunning(hood);
    if (hood.box(through).process().isEmpty()) {
      throw new LauncherException("box " + through + " does not run: hearth box start " + through);
    }
    Outlook outlook = new Reach(hood, through, box != null, name);
    Client client = new Client(hood.gateway(through), once(out), outlook);
    return LeftBehind.says(this::kept, () -> read(client, through, out));
  }

  private String kept() {
    return "'"
        + name
        + "' is not here yet; an older copy stays as it was, and what came is kept beside it:"
        + " the same hearth get goes on from there";
  }

  private int read(Client client, int through, Output out) throws IOException {
    long start = System.nanoTime();
    Path target = null;
    long length = 0;
    for (String shelf : box != null ? List.of("object/", "film/") : List.of("film/")) {
      String path = shelf + Gateway.encode(name);
      JsonNode listing = listing(client, path, shelf.equals("film/"));
      if (listing != null) {
        boolean folder = listing.get("type").asText().equals("folder");
        target = Target.of(output, name, folder);
        out.progress().begin("reading " + name, listing.get("length").asLong());
        Reader reader = new Reader(client, out.progress()::at);
        length = folder ? reader.folder(listing, target) : reader.file(path, target);
        out.progress().end();
        break;
      }
    }
    long nanos = System.nanoTime() - start;
    out.say(
        "read "
            + name
            + " through box "
            + through
            + ": "
            + Words.bytes(length)
            + " in "
            + Words.seconds(nanos)
            + " ("
            + Words.rate(length, nanos)
            + "), written to "
            + target);
    out.result(
        Map.of("name", name, "bytes", length, "seconds", nanos / 1e9, "path", target.toString()));
    return 0;
  }

  /** What is known of it; null where the shelf has none and another may. */
  private static JsonNode listing(Client client, String path, boolean last) throws IOException {
    try {
      return client.json(path + "/");
    } catch (Gateway.NotServed e) {
      if (e.status() == NOT_FOUND && !last) {
        return null;
      }
      throw e;
    }
  }

  /** The same trouble again and again is said once. */
  private static Consumer<String> once(Output out) {
    Set<String> said = new HashSet<>();
    return line -> {
      if (said.add(line)) {
        out.say(line);
      }
    };
  }

  private static int firstRunning(Hood hood) {
    List<Integer> running = hood.running();
    if (running.isEmpty()) {
      throw new LauncherException("no box runs: start the neighbourhood with 'hearth up'");
    }
    return running.get(0);
  }
}
