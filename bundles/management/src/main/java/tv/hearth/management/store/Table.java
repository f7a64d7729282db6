package tv.hearth.management.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tv.hearth.support.io.DurableFiles;

/**
 * Numbered rows of texts in one file, written whole and durably at each change; what a newer
 * release says beside them stays. A file that can't be read is put aside as {@code NAME.damaged},
 * and the table begins empty. One of a newer version is left alone: then the table begins empty,
 * and lives in memory alone. Thread-safe.
 */
public final class Table {
  private static final System.Logger LOG = System.getLogger(Table.class.getName());
  private static final long LARGEST = 8 << 20;

  /** 0.1.0 reads no larger one: it would put it aside as damaged. */
  private static final long LARGEST_WRITTEN = 1 << 20;

  private static final int VERSION = 1;
  private static final Pattern ROW = Pattern.compile("([0-9]{1,9})\\.(.+)");

  private final Path file;
  private final int most;
  private final TreeMap<Integer, Map<String, String>> rows = new TreeMap<>();
  private final Map<String, String> kept = new TreeMap<>();
  private int last;
  private boolean newer;

  /** In that file, with at most so many rows. */
  public Table(Path file, int most) throws IOException {
    this.file = file;
    this.most = most;
    DurableFiles.createFolder(file.getParent());
    Files.deleteIfExists(file.resolveSibling(file.getFileName() + DurableFiles.LEFTOVER));
    if (Files.exists(file)) {
      try {
        read();
      } catch (IOException | RuntimeException e) {
        Path aside = file.resolveSibling(file.getFileName() + ".damaged");
        LOG.log(System.Logger.Level.WARNING, "{0} is damaged, now {1}: {2}", file, aside, e);
        Files.move(file, aside, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        rows.clear();
      }
    }
  }

  private void read() throws IOException {
    if (Files.size(file) > LARGEST) {
      throw new IOException("longer than " + LARGEST);
    }
    Properties properties = new Properties();
    properties.load(new ByteArrayInputStream(Files.readAllBytes(file)));
    String version = properties.getProperty("v", "" + VERSION);
    newer = !version.equals("" + VERSION);
    if (newer) {
      LOG.log(System.Logger.Level.WARNING, "{0} is of version {1}: left alone", file, version);
      return;
    }
    last = Integer.parseInt(properties.getProperty("last"));
    for (String key : properties.stringPropertyNames()) {
      Matcher row = ROW.matcher(key);
      if (row.matches()) {
        rows.computeIfAbsent(Integer.parseInt(row.group(1)), n -> new LinkedHashMap<>())
            .put(row.group(2), properties.getProperty(key));
      } else if (!key.equals("last")) {
        kept.put(key, properties.getProperty(key));
      }
    }
  }

  /** Whether its file is a newer release's, so that no change here outlives a restart. */
  public synchronized boolean isNewer() {
    return newer;
  }

  /** The numbers of its rows, in order. */
  public synchronized List<Integer> numbers() {
    return List.copyOf(rows.keySet());
  }

  /** A row; null where it is gone. */
  public synchronized Map<String, String> row(int number) {
    Map<String, String> row = rows.get(number);
    return row == null ? null : Map.copyOf(row);
  }

  /**
   * Adds a row under a number that was never used; 0 where the table is full.
   *
   * @throws UncheckedIOException where it can't be written; then there is no such row
   */
  public synchronized int add(Map<String, String> values) {
    if (rows.size() >= most) {
      return 0;
    }
    TreeMap<Integer, Map<String, String>> next = new TreeMap<>(rows);
    next.put(last + 1, new LinkedHashMap<>(values));
    write(next, last + 1);
    return last;
  }

  /**
   * Changes values of a row; false where it is gone.
   *
   * @throws UncheckedIOException where it can't be written; then it is as it was
   */
  public synchronized boolean set(int number, Map<String, String> values) {
    Map<String, String> row = rows.get(number);
    if (row == null) {
      return false;
    }
    Map<String, String> changed = new LinkedHashMap<>(row);
    changed.putAll(values);
    TreeMap<Integer, Map<String, String>> next = new TreeMap<>(rows);
    next.put(number, changed);
    write(next, last);
    return true;
  }

  /**
   * Removes a row; false where it was gone.
   *
   * @throws UncheckedIOException where that can't be written; then it is still there
   */
  public synchronized boolean remove(int number) {
    if (!rows.containsKey(number)) {
      return false;
    }
    TreeMap<Integer, Map<String, String>> next = new TreeMap<>(rows);
    next.remove(number);
    write(next, last);
    return true;
  }

  /**
   * Forgets rows that mean nothing any more, here at once and on disk with the next write: that
   * they are read once more after a restart does no harm.
   */
  public synchronized void forget(Predicate<Map<String, String>> useless) {
    rows.values().removeIf(useless);
  }

  /** What is in memory is what is on disk: it changes once the file has. */
  private void write(TreeMap<Integer, Map<String, String>> next, int nextLast) {
    if (!newer) {
      store(next, nextLast);
    }
    rows.clear();
    rows.putAll(next);
    last = nextLast;
  }

  private void store(TreeMap<Integer, Map<String, String>> next, int nextLast) {
    Properties properties = new Properties();
    properties.putAll(kept);
    properties.setProperty("last", String.valueOf(nextLast));
    next.forEach(
        (n, row) -> row.forEach((key, value) -> properties.setProperty(n + "." + key, value)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      properties.store(out, null);
      if (out.size() > LARGEST_WRITTEN) {
        throw new IOException(
            "it would be longer than " + LARGEST_WRITTEN + " bytes: delete rows first");
      }
      DurableFiles.write(file, out.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException("can't write " + file + ": " + e.getMessage(), e);
    }
  }
}
