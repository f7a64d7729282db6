package tv.hearth.storage;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import tv.hearth.api.value.OwnerId;
import tv.hearth.support.io.DurableFiles;

/**
 * Which box each owner of pieces was first seen at, so that a box that takes one new household key
 * after another has one share and not one a key. Kept in a file of lines "owner box" under a first
 * line that names the format, for as long as the owner has something here. Not thread-safe.
 */
final class Accounts {
  private static final System.Logger LOG = System.getLogger(Accounts.class.getName());
  private static final String FORMAT = "hearth-accounts 1";

  private final Path file;
  private final Shares shares;
  private final Map<OwnerId, String> boxes = new HashMap<>();

  /** Reads the file; where it can't be read, owners are learnt again from the map. */
  Accounts(Path file, Shares shares) {
    this.file = file;
    this.shares = shares;
    try {
      if (Files.exists(file)) {
        read();
      }
    } catch (IOException | IllegalArgumentException e) {
      LOG.log(Level.WARNING, "Which owners share a box is learnt anew: " + file + ": " + e);
    }
  }

  private void read() throws IOException {
    String[] lines = Files.readString(file, StandardCharsets.US_ASCII).split("\n");
    if (!lines[0].equals(FORMAT)) {
      throw new IOException("its first line is not " + FORMAT);
    }
    for (int i = 1; i < lines.length; i++) {
      int blank = lines[i].indexOf(' ');
      if (blank < 0) {
        throw new IOException("line " + (i + 1) + " is not an owner and a box");
      }
      boxes.put(new OwnerId(lines[i].substring(0, blank)), lines[i].substring(blank + 1));
    }
  }

  /** Notes the boxes of owners that are new here; forgets those who have nothing here. */
  void learn(Collection<OwnerId> holding, OwnerId next) {
    Map<OwnerId, String> known = new TreeMap<>(java.util.Comparator.comparing(OwnerId::text));
    boolean news = false;
    for (OwnerId owner : holding) {
      news |= learn(owner, known);
    }
    news |= learn(next, known);
    if (news) {
      boxes.clear();
      boxes.putAll(known);
      write(known);
    }
  }

  private boolean learn(OwnerId owner, Map<OwnerId, String> known) {
    String box = boxes.get(owner);
    String now = box != null ? box : shares.box(owner).map(Object::toString).orElse(null);
    if (now != null) {
      known.put(owner, now);
    }
    return box == null && now != null;
  }

  private void write(Map<OwnerId, String> known) {
    StringBuilder text = new StringBuilder(FORMAT).append('\n');
    known.forEach((owner, box) -> text.append(owner.text()).append(' ').append(box).append('\n'));
    try {
      DurableFiles.write(file, text.toString().getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      LOG.log(Level.WARNING, "Which owners share a box would not survive a restart: " + e);
    }
  }

  /** True for one owner, and for owners of one box. */
  boolean isSame(OwnerId owner, OwnerId other) {
    String box = boxes.get(owner);
    return owner.equals(other) || box != null && box.equals(boxes.get(other));
  }
}
