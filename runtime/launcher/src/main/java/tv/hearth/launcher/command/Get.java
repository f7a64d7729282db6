package tv.hearth.launcher.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tv.hearth.launcher.LauncherException;
import tv.hearth.launcher.hood.Gateway;
import tv.hearth.launcher.hood.Hood;
import tv.hearth.launcher.ui.Output;
import tv.hearth.launcher.ui.Progress;
import tv.hearth.launcher.ui.Words;

/** {@code hearth get}. */
@Command(
    name = "get",
    mixinStandardHelpOptions = true,
    description = {
      "Read an object through a box's gateway, as a player at home would.",
      "Without --box a film, through the first box that runs; with it that household's object, else a film."
    })
public final class Get implements Callable<Integer> {
  @Mixin private Common common;

  @Parameters(paramLabel = "NAME", description = "The object's name")
  private String name;

  @Option(names = "--box", paramLabel = "N", description = "Through the gateway of box N")
  private Integer box;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "PATH",
      description = "Where to write it (default: its name, here)")
  private Path output;

  @Override
  public Integer call() throws IOException {
    Output out = common.output();
    Hood hood = common.hood();
    int through = box != null ? box : firstRunning(hood);
    Gateway gateway = new Gateway(hood.gateway(through));
    String path = find(gateway);
    Path target = (output != null ? output : Path.of(name)).toAbsolutePath().normalize();
    long start = System.nanoTime();
    long length = fetch(gateway, path, target, out.progress());
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

  private static int firstRunning(Hood hood) {
    List<Integer> running = hood.running();
    if (running.isEmpty()) {
      throw new LauncherException("no box runs: hearth up");
    }
    return running.get(0);
  }

  /** The household's object where there is one of that name, else the film. */
  private String find(Gateway gateway) throws IOException {
    String object = "object/" + Gateway.encode(name);
    if (box != null) {
      try (InputStream body = gateway.open(object, "bytes=0-0").body()) {
        body.readAllBytes();
        return object;
      } catch (Gateway.NotServed e) {
        if (e.status() != 404 && e.status() != 416) {
          throw e;
        }
        if (e.status() == 416) {
          return object;
        }
      }
    }
    return "film/" + Gateway.encode(name);
  }

  private long fetch(Gateway gateway, String path, Path target, Progress progress)
      throws IOException {
    var response = gateway.open(path, "");
    boolean folder =
        response.headers().firstValue("Content-Type").orElse("").equals("application/json")
            && response.headers().firstValue("ETag").isEmpty();
    if (!folder) {
      long total = response.headers().firstValueAsLong("Content-Length").orElse(1);
      progress.begin("reading " + name, total);
      long length = copy(response.body(), target, progress, 0);
      progress.end();
      return length;
    }
    response.body().close();
    JsonNode listing = gateway.json(path + "/");
    progress.begin("reading " + name, listing.get("length").asLong());
    long done = 0;
    while (listing != null) {
      done += files(gateway, listing, target, progress, done);
      String next = listing.path("next").asText("");
      listing = next.isEmpty() || next.equals("null") ? null : gateway.json(next.substring(1));
    }
    progress.end();
    return done;
  }

  /** The files of one page of a folder's listing. */
  private static long files(
      Gateway gateway, JsonNode listing, Path target, Progress progress, long before)
      throws IOException {
    long done = 0;
    for (JsonNode file : listing.get("files")) {
      Path to = target.resolve(file.get("path").asText()).normalize();
      if (!to.startsWith(target)) {
        throw new LauncherException("the folder has a file outside of itself: " + file.get("path"));
      }
      Files.createDirectories(to.getParent());
      String href = file.get("href").asText().substring(1);
      done += copy(gateway.open(href, "").body(), to, progress, before + done);
    }
    return done;
  }

  private static long copy(InputStream from, Path to, Progress progress, long before)
      throws IOException {
    long done = 0;
    byte[] buffer = new byte[64 << 10];
    try (InputStream in = from;
        OutputStream file = Files.newOutputStream(to)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        file.write(buffer, 0, read);
        done += read;
        progress.at(before + done);
      }
    }
    return done;
  }
}
