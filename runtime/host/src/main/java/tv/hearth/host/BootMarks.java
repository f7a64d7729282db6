package tv.hearth.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;

/**
 * Tells how far a start has come, for images that time their boot: a line {@code SECONDS TEXT} in
 * the file that the system property {@code hearth.marks} names, in seconds since the machine's
 * start, as {@code /proc/uptime} counts them. Without the property nothing is told.
 */
final class BootMarks {
  private static final Path UPTIME = Path.of("/proc/uptime");
  private static final long LONG_MILLIS = 100;
  private final Optional<Path> file;

  BootMarks(Optional<Path> file) {
    this.file = file;
  }

  static BootMarks ofSystem() {
    return new BootMarks(Optional.ofNullable(System.getProperty("hearth.marks")).map(Path::of));
  }

  /** Marks each bundle whose start took long, with how long it took. */
  void watch(BundleContext context) {
    if (file.isPresent()) {
      Map<Bundle, Long> began = new ConcurrentHashMap<>();
      context.addBundleListener((SynchronousBundleListener) event -> note(event, began));
    }
  }

  private void note(BundleEvent event, Map<Bundle, Long> began) {
    if (event.getType() == BundleEvent.STARTING) {
      began.put(event.getBundle(), System.nanoTime());
    } else if (event.getType() == BundleEvent.STARTED) {
      Long begin = began.remove(event.getBundle());
      long millis = begin == null ? 0 : (System.nanoTime() - begin) / 1_000_000;
      if (millis >= LONG_MILLIS) {
        mark(event.getBundle().getSymbolicName() + " took " + millis + " ms");
      }
    }
  }

  /** A mark that can't be written is said so; the start goes on. */
  void mark(String what) {
    if (file.isEmpty()) {
      return;
    }
    try {
      String seconds = Files.readString(UPTIME, StandardCharsets.US_ASCII).split(" ", 2)[0];
      Files.writeString(
          file.get(),
          seconds + " " + what + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      System.err.println("no boot mark: " + e);
    }
  }
}
