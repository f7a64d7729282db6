package tv.hearth.storage;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where damaged files go, for whoever wants to know why: at most 16 of them and 64 MiB, the oldest
 * deleted first. Thread-safe.
 */
final class Quarantine {
  private static final System.Logger LOG = System.getLogger(Quarantine.class.getName());
  private static final int MOST = 16;
  private static final long MOST_BYTES = 64L << 20;

  private final FileLayer files;
  private final Path folder;
  private final InstantSource clock;
  private final TreeMap<String, Long> held = new TreeMap<>();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicInteger serial = new AtomicInteger();
  private final AtomicLong taken = new AtomicLong();

  Quarantine(FileLayer files, Path folder, InstantSource clock) {
    this.files = files;
    this.folder = folder;
    this.clock = clock;
  }

  /** Creates the folder and counts what is in it. */
  synchronized void open() throws IOException {
    files.createFolder(folder);
    files.names(folder, name -> held.put(name, 0L));
    for (var entry : held.entrySet()) {
      entry.setValue(Math.max(0, files.size(folder.resolve(entry.getKey()))));
      bytes.addAndGet(entry.getValue());
    }
  }

  /** Moves a damaged file here; gone already: no effect. */
  synchronized void take(Path file, String why) throws IOException {
    LOG.log(Level.WARNING, "Set aside " + file + ": " + why);
    taken.incrementAndGet();
    long size = files.size(file);
    if (size < 0) {
      return;
    }
    while (!held.isEmpty() && (held.size() >= MOST || bytes.get() + size > MOST_BYTES)) {
      drop(held.firstKey());
    }
    if (size > MOST_BYTES) {
      files.delete(file);
      return;
    }
    String name =
        String.format(
            Locale.ROOT,
            "%015d-%04d-%s",
            clock.millis(),
            serial.getAndIncrement() % 10_000,
            file.getFileName());
    files.move(file, folder.resolve(name));
    held.put(name, size);
    bytes.addAndGet(size);
  }

  /** Bytes held. */
  long bytes() {
    return bytes.get();
  }

  /** Files taken since the start. */
  long taken() {
    return taken.get();
  }

  private void drop(String name) throws IOException {
    files.delete(folder.resolve(name));
    bytes.addAndGet(-held.remove(name));
  }
}
