package tv.hearth.tests.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tv.hearth.launcher.hood.Hood;
import tv.hearth.launcher.hood.Installation;
import tv.hearth.launcher.hood.Starter;
import tv.hearth.launcher.ui.Output;

/**
 * A neighbourhood for one benchmark, and a folder for its files; both go when it is closed, or when
 * this JVM ends by a signal.
 */
final class LocalHood implements AutoCloseable {
  private final Path folder;
  private final Hood hood;
  private final Thread atEnd = new Thread(this::clear, "hearth-benchmark-end");

  private LocalHood(Path folder, Hood hood) {
    this.folder = folder;
    this.hood = hood;
  }

  /** Starts boxes with wide limits and waits until each knows all. */
  static LocalHood start(int boxes, Path parent, Output out) throws IOException {
    Path folder = Files.createTempDirectory(parent, "hearth-benchmark-");
    Hood hood = Hood.create(folder.resolve("hood"), boxes, "", "open", Installation.own());
    LocalHood local = new LocalHood(folder, hood);
    Runtime.getRuntime().addShutdownHook(local.atEnd);
    try {
      local.up(out);
    } catch (IOException | RuntimeException e) {
      local.close();
      throw e;
    }
    return local;
  }

  private void up(Output out) throws IOException {
    long begin = System.nanoTime();
    new Starter(hood).up(out.progress());
    out.say(
        hood.size() + " boxes are up after " + (System.nanoTime() - begin) / 1_000_000_000 + " s");
  }

  Hood hood() {
    return hood;
  }

  Path folder() {
    return folder;
  }

  private void clear() {
    try {
      Starter.down(hood);
      Hood.deleteTree(folder);
    } catch (IOException e) {
      System.err.println("could not clear " + folder + ": " + e.getMessage());
    }
  }

  @Override
  public void close() {
    clear();
    Runtime.getRuntime().removeShutdownHook(atEnd);
  }
}
