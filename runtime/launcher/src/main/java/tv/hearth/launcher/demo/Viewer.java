package tv.hearth.launcher.demo;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
import tv.hearth.launcher.hood.Gateway;
import tv.hearth.launcher.hood.Hood;
import tv.hearth.launcher.ui.Progress;
import tv.hearth.support.problem.FileProblem;

/**
 * Somebody who watches a film while other things happen: second by second, again and again, each
 * time through another box, until told to stop.
 */
final class Viewer {
  private final AtomicBoolean stop = new AtomicBoolean();
  private final CompletableFuture<Tally> watched;

  /**
   * Begins to watch, on a thread of its own.
   *
   * @param boxes gives the box for each showing
   */
  Viewer(Hood hood, Film film, IntSupplier boxes) {
    watched =
        CompletableFuture.supplyAsync(
            () -> {
              Tally all = new Tally();
              try {
                while (!stop.get()) {
                  Gateway gateway = new Gateway(hood.gateway(boxes.getAsInt()));
                  all.add(new Player(gateway, film, Progress.NONE).watch(stop::get));
                }
              } catch (IOException e) {
                throw new CompletionException("the film broke off: " + FileProblem.words(e), e);
              }
              return all;
            },
            task -> {
              Thread thread = new Thread(task, "hearth-viewer");
              thread.setDaemon(true);
              thread.start();
            });
  }

  /** Stops, and tells what was seen; throws what ended it before. */
  Tally stop() throws IOException {
    stop.set(true);
    try {
      return watched.join();
    } catch (CompletionException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
