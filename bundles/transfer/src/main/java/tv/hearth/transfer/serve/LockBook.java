package tv.hearth.transfer.serve;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tv.hearth.api.transfer.TransferException.Problem;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.OwnerId;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cbor.CborMap;
import tv.hearth.support.cbor.KeptFields;
import tv.hearth.support.io.Aside;
import tv.hearth.support.io.DurableFiles;
import tv.hearth.transfer.core.Refusal;

/**
 * Content authorities' tombstones that this box has heard and not carried out yet, with the time by
 * its own clock: a file each, so that one more costs one small write. Not thread-safe.
 *
 * <p>File {@code OWNER-OBJECT.lock} or {@code .wait}: a CBOR map {@code {t: "hearth/lock", v: 1,
 * heard: seconds, tombstone: bytes}}; further fields are kept. A file that can't be read is left
 * alone, named in the log and counted: what it locks is locked by its record.
 */
final class LockBook {
  private static final System.Logger LOG = System.getLogger(LockBook.class.getName());
  private static final String TYPE = "hearth/lock";
  private static final int VERSION = 1;
  private static final int MOST = 8192;
  private static final int MOST_FILE = 8192;
  private static final long LAST_SECOND = 253_402_300_799L;
  private static final Set<String> KNOWN = Set.of("t", "v", "heard", "tombstone");

  private final Path folder;
  private final Map<Key, Entry> entries = new LinkedHashMap<>();
  private final Map<Key, KeptFields> kept = new HashMap<>();
  private final Set<Path> unread = new HashSet<>();
  private int aside;

  /** What it is about. */
  record Key(OwnerId owner, ObjectId object) {}

  /**
   * A tombstone that was heard.
   *
   * @param locked true where the object is locked, false where a second signature is awaited
   */
  record Entry(Key key, boolean locked, Instant heard, Bytes tombstone) {}

  /** Reads what is in the folder. */
  LockBook(Path folder) throws IOException {
    this.folder = DurableFiles.createFolder(folder);
    DurableFiles.removeLeftovers(folder);
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, "*.{lock,wait}" + Aside.NEWER)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        Aside.takeBack(folder.resolve(name.substring(0, name.length() - Aside.NEWER.length())));
      }
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.{lock,wait}")) {
      for (Path file : files) {
        load(file);
      }
    }
  }

  private void load(Path file) {
    String name = file.getFileName().toString();
    try (InputStream in = Files.newInputStream(file)) {
      CborMap map = CborMap.parse(in.readNBytes(MOST_FILE), TYPE, VERSION);
      Key key = new Key(new OwnerId(name.substring(0, 32)), new ObjectId(name.substring(33, 65)));
      Instant heard = Instant.ofEpochSecond(map.number("heard", 0, LAST_SECOND));
      Bytes tombstone = Bytes.of(map.bytes("tombstone", 1, MOST_FILE));
      entries.put(key, new Entry(key, name.endsWith(".lock"), heard, tombstone));
      KeptFields more = KeptFields.of(map, KNOWN);
      if (!more.equals(KeptFields.NONE)) {
        kept.put(key, more);
      }
    } catch (IOException | CborException | RuntimeException e) {
      unread.add(file);
      LOG.log(System.Logger.Level.ERROR, "can't read " + file + "; it is left alone", e);
    }
  }

  /** How many files can't be read: they wait for a release that can. */
  int unread() {
    return unread.size() + aside;
  }

  Optional<Entry> find(OwnerId owner, ObjectId object) {
    return Optional.ofNullable(entries.get(new Key(owner, object)));
  }

  List<Entry> all() {
    return new ArrayList<>(entries.values());
  }

  /** When that owner's locks were heard. */
  List<Instant> locksOf(OwnerId owner) {
    return entries.values().stream()
        .filter(entry -> entry.locked() && entry.key().owner().equals(owner))
        .map(Entry::heard)
        .toList();
  }

  /** Durable when it returns. In place of one for the same object and owner. */
  void put(Entry entry) throws IOException, Refusal {
    if (!entries.containsKey(entry.key()) && entries.size() >= MOST) {
      throw new Refusal(Problem.BUSY, "too many deletions are under way here: try tomorrow");
    }
    CborMap map =
        new CborMap()
            .put("t", TYPE)
            .put("v", VERSION)
            .put("heard", entry.heard().getEpochSecond())
            .put("tombstone", entry.tombstone().toArray());
    makeWay(file(entry));
    DurableFiles.write(
        file(entry), kept.getOrDefault(entry.key(), KeptFields.NONE).into(map).toBytes());
    Entry old = entries.put(entry.key(), entry);
    if (old != null && old.locked() != entry.locked()) {
      remove(old);
    }
  }

  private void makeWay(Path file) throws IOException {
    if (unread.contains(file)) {
      Aside.put(file, "its object is deleted anew");
      unread.remove(file);
      aside++;
    }
  }

  /** Carried out, or forgotten. */
  void remove(Entry entry) throws IOException {
    DurableFiles.delete(file(entry));
    if (entries.remove(entry.key(), entry)) {
      kept.remove(entry.key());
    }
  }

  private Path file(Entry entry) {
    String name = entry.key().owner() + "-" + entry.key().object();
    return folder.resolve(name + (entry.locked() ? ".lock" : ".wait"));
  }
}
