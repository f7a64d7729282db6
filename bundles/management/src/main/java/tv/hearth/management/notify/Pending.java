package tv.hearth.management.notify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tv.hearth.support.io.DurableFiles;

/**
 * Notifications that wait for their controller's word, a file each: a line with the controller, a
 * line with the end and whatever else a newer release says, the message. They outlive a restart.
 * Beyond a number the oldest goes. Files of other names are left alone. Thread-safe.
 */
final class Pending {
  private static final System.Logger LOG = System.getLogger(Pending.class.getName());

  /**
   * One that waits.
   *
   * @param attempts sent so many times
   * @param nextMillis when to send it again
   * @param endMillis when to give it up; 0 for never
   */
  record Waiting(
      String id,
      String controller,
      byte[] message,
      int attempts,
      long nextMillis,
      long endMillis) {}

  private static final int LARGEST = 4 << 20;
  private static final Pattern END = Pattern.compile("([0-9]{1,18})( .*)?");
  private static final Pattern NAME = Pattern.compile("n[0-9]{13}-[0-9a-f]{16}");

  private final Path folder;
  private final int most;
  private final Map<String, Waiting> waiting = new LinkedHashMap<>();

  Pending(Path folder, int most) throws IOException {
    this.folder = DurableFiles.createFolder(folder);
    this.most = most;
    DurableFiles.removeLeftovers(folder);
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(file -> NAME.matcher(file.getFileName().toString()).matches())
          .sorted(Comparator.comparing(Path::getFileName))
          .forEach(this::take);
    }
    bound();
  }

  private void take(Path file) {
    try {
      read(file);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "{0} can''t be read now: {1}", file, e);
    }
  }

  private void read(Path file) throws IOException {
    byte[] content;
    try (InputStream in = Files.newInputStream(file)) {
      content = in.readNBytes(LARGEST + 1);
    }
    String[] head = new String(content, StandardCharsets.ISO_8859_1).split("\n", 3);
    String id = file.getFileName().toString();
    Matcher end = END.matcher(head.length == 3 && content.length <= LARGEST ? head[1] : "");
    if (end.matches()) {
      byte[] message = head[2].getBytes(StandardCharsets.ISO_8859_1);
      waiting.put(id, new Waiting(id, head[0], message, 0, 0, Long.parseLong(end.group(1))));
    } else {
      LOG.log(System.Logger.Level.WARNING, "{0} is no notification: deleted", file);
      Files.delete(file);
    }
  }

  /** Keeps one, durably; where the disk takes nothing, for as long as this runs. */
  synchronized void add(Waiting one) {
    byte[] head =
        (one.controller() + "\n" + one.endMillis() + "\n").getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = java.util.Arrays.copyOf(head, head.length + one.message().length);
    System.arraycopy(one.message(), 0, all, head.length, one.message().length);
    try {
      DurableFiles.write(folder.resolve(one.id()), all);
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "a notification is kept in memory alone, for " + folder + " takes none: " + e);
    }
    waiting.put(one.id(), one);
    bound();
  }

  private synchronized void bound() {
    while (waiting.size() > most) {
      Waiting oldest = waiting.values().iterator().next();
      LOG.log(
          System.Logger.Level.WARNING, "too many notifications wait: {0} is dropped", oldest.id());
      remove(oldest.id());
    }
  }

  /** Those that are due, with those that have run out removed. */
  synchronized List<Waiting> due(long nowMillis) {
    List<Waiting> due = new ArrayList<>();
    for (Waiting one : List.copyOf(waiting.values())) {
      if (one.endMillis() != 0 && one.endMillis() <= nowMillis) {
        remove(one.id());
      } else if (one.nextMillis() <= nowMillis) {
        due.add(one);
      }
    }
    return due;
  }

  /** Says when one was sent and will be again. */
  synchronized void sent(Waiting one, long nextMillis) {
    waiting.computeIfPresent(
        one.id(),
        (id, old) ->
            new Waiting(
                id,
                old.controller(),
                old.message(),
                old.attempts() + 1,
                nextMillis,
                old.endMillis()));
  }

  /** Forgets one: its controller has it. */
  synchronized void remove(String id) {
    if (waiting.remove(id) != null) {
      try {
        Files.deleteIfExists(folder.resolve(id));
      } catch (IOException e) {
        // It will be sent once more after a restart, which does no harm.
        LOG.log(System.Logger.Level.WARNING, "{0} stays on disk: {1}", id, e);
      }
    }
  }

  synchronized int size() {
    return waiting.size();
  }
}
