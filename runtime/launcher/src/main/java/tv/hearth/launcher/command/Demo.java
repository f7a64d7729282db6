package tv.hearth.launcher.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tv.hearth.launcher.LauncherException;
import tv.hearth.launcher.demo.DemoRun;
import tv.hearth.launcher.demo.Report;
import tv.hearth.launcher.hood.Hood;
import tv.hearth.launcher.hood.Installation;
import tv.hearth.launcher.hood.Starter;
import tv.hearth.launcher.ui.LeftBehind;
import tv.hearth.launcher.ui.Output;
import tv.hearth.support.problem.FileProblem;

/** {@code hearth demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "The main job: start a neighbourhood, store a film and a folder, switch boxes off at "
          + "random, play the film through a box's gateway and check every byte.",
      "Exit status 1 if any is wrong.",
      "Pieces travel over TLS between processes; nothing is staged."
    })
public final class Demo implements Callable<Integer> {
  private static final String NAME = "hearth-demo-";

  @Option(
      names = "--dir",
      paramLabel = "D",
      description =
          "Where a folder for it is made, and taken away at its end (default: the system's for temporary files)")
  private Path within;

  @Option(
      names = "--json",
      description =
          "The last line on standard output is one JSON object: the result, or {\"error\":…}")
  private boolean json;

  @Option(
      names = "--boxes",
      paramLabel = "N",
      defaultValue = "24",
      description = "How many boxes, 8…100 (default: ${DEFAULT-VALUE})")
  private int boxes;

  @Option(
      names = "--film",
      paramLabel = "FILE",
      description =
          "A film file, cut into HLS where ffmpeg is there, or an HLS/DASH folder (default: a short one from the repository)")
  private Path film;

  @Option(names = "--seed", description = "Chooses which boxes go off (default: drawn, printed)")
  private Long seed;

  @Option(names = "--keep", description = "Leave the neighbourhood up, and print its addresses")
  private boolean keep;

  @Option(names = "--broker", paramLabel = "URL", defaultValue = "", description = "As for 'up'")
  private String broker;

  @Override
  public Integer call() throws IOException {
    if (boxes < 8 || boxes > 100) {
      throw new LauncherException("--boxes takes 8…100 for the demo, not " + boxes);
    }
    if (film != null && !Files.isReadable(film)) {
      throw new LauncherException("can't read " + film + ": is the path right?");
    }
    Output out = new Output(json);
    long drawn = seed != null ? seed : new SecureRandom().nextInt(1_000_000);
    Path folder = scratch();
    Hood hood = Hood.create(folder.resolve("hood"), boxes, broker, "open", Installation.own());
    Thread atEnd = new Thread(() -> clear(hood, folder), "hearth-demo-end");
    Runtime.getRuntime().addShutdownHook(atEnd);
    Report report =
        LeftBehind.says(
            () -> "stops what it started and deletes " + folder + ": some seconds",
            () -> new DemoRun(hood, folder, film, drawn, out).run());
    out.result(report.values());
    if (keep) {
      Runtime.getRuntime().removeShutdownHook(atEnd);
      out.say("The neighbourhood stays up:");
      out.say("  box 1's EPG  " + hood.epg(1) + "   its films  " + hood.gateway(1) + "film/");
      out.say("  hearth status --dir " + hood.folder());
      out.say("  hearth down --delete --dir " + hood.folder());
    }
    return report.allRight() ? 0 : 1;
  }

  private Path scratch() throws IOException {
    return within == null
        ? Files.createTempDirectory(NAME)
        : Files.createTempDirectory(Files.createDirectories(within).toAbsolutePath(), NAME);
  }

  private static void clear(Hood hood, Path folder) {
    try {
      Starter.down(hood);
      Hood.deleteTree(folder);
    } catch (IOException e) {
      System.err.println("hearth: could not clear " + folder + ": " + FileProblem.words(e));
    }
  }
}
