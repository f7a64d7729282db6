package tv.hearth.objects.errand;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tv.hearth.api.value.ObjectId;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cbor.KeptFields;
import tv.hearth.support.cbor.NewerFormatException;
import tv.hearth.support.io.Aside;
import tv.hearth.support.io.DurableFiles;

/**
 * Errands that outlive a restart: a small file each, written once and removed when it is done. In
 * memory there are only their names. At most {@value #MOST} errands and 64 MiB; where there is no
 * room, deliveries of records go first (a record is on enough replicas without them). A damaged
 * file is set aside with a line in the log; one that only a newer release can read is left for it,
 * and counted. Thread-safe.
 */
public final class Journal {
  private static final int MOST = 8192;
  private static final long MOST_BYTES = 64L << 20;
  private static final int MOST_UNWRITTEN = 256;
  private static final String SUFFIX = ".errand";
  private static final String DAMAGED = ".damaged";
  private static final System.Logger LOG = System.getLogger(Journal.class.getName());
  private final Path folder;
  private final Map<String, Slip> slips = new LinkedHashMap<>();
  private final Map<String, Errand> unwritten = new LinkedHashMap<>();
  private final Set<Path> newer = new HashSet<>();
  private int aside;
  private long bytes;

  /**
   * What is remembered of an errand in memory.
   *
   * @param grown whether its file has fields that are not known here
   */
  record Slip(
      Errand.Kind kind,
      String id,
      Optional<ObjectId> object,
      Instant until,
      int length,
      boolean grown) {}

  /** Takes up what is in the folder, which is made if need be. */
  public Journal(Path folder) {
    this.folder = folder;
    try {
      DurableFiles.createFolder(folder);
      DurableFiles.removeLeftovers(folder);
      each("*" + SUFFIX + Aside.NEWER, aside -> Aside.takeBack(without(aside, Aside.NEWER)));
      each("*" + SUFFIX + DAMAGED, this::takeBack);
      each("*" + SUFFIX, this::load);
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.ERROR,
          "what was to be told to neighbours can't be read from " + folder + ": make it readable",
          e);
    }
  }

  /** What is done with a file. */
  private interface Step {
    void take(Path file) throws IOException;
  }

  private void each(String pattern, Step step) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, pattern)) {
      for (Path file : files) {
        step.take(file);
      }
    }
  }

  private static Path without(Path file, String ending) {
    String name = file.getFileName().toString();
    return file.resolveSibling(name.substring(0, name.length() - ending.length()));
  }

  /** An older release may have taken for damaged what it did not know. */
  private void takeBack(Path damaged) throws IOException {
    try {
      Path file = without(damaged, DAMAGED);
      if (file.equals(file(ErrandFile.decode(read(damaged)).id())) && !Files.exists(file)) {
        DurableFiles.move(damaged, file);
      }
    } catch (CborException e) {
      LOG.log(System.Logger.Level.DEBUG, "{0}: {1}", damaged, e.getMessage());
    }
  }

  private void load(Path file) {
    try {
      byte[] content = read(file);
      Errand errand = ErrandFile.decode(content);
      if (!file.equals(file(errand.id()))) {
        throw new CborException("it is the errand " + errand.id());
      }
      remember(errand, content.length, !ErrandFile.kept(content).equals(KeptFields.NONE));
    } catch (NewerFormatException e) {
      newer.add(file);
      LOG.log(System.Logger.Level.WARNING, "left alone: {0}: {1}", file, e.getMessage());
    } catch (CborException e) {
      LOG.log(System.Logger.Level.WARNING, "set aside: {0}: {1}", file, e.getMessage());
      setAside(file);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "can''t be read now: {0}: {1}", file, e);
    }
  }

  private static void setAside(Path file) {
    try {
      Files.move(file, file.resolveSibling(file.getFileName() + DAMAGED));
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "left where it is: {0}", e.getMessage());
    }
  }

  /** How many errands lie here that only a newer release can do. */
  public synchronized int newer() {
    return newer.size() + aside;
  }

  private static byte[] read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(ErrandFile.MOST + 1);
    }
  }

  private void remember(Errand errand, int length, boolean grown) {
    slips.put(
        errand.id(),
        new Slip(errand.kind(), errand.id(), errand.object(), errand.until(), length, grown));
    bytes += length;
  }

  /** All that is to be done, as it is on disk. */
  synchronized List<String> ids() {
    return List.copyOf(slips.keySet());
  }

  /** True while it is to be done. */
  synchronized boolean has(String id) {
    return slips.containsKey(id);
  }

  /**
   * Keeps an errand, in place of one of the same id, which is there until the new one is; durable
   * when it returns true. False where the disk did not take it: it is remembered as long as this
   * process lives.
   */
  synchronized boolean add(Errand errand) {
    Slip old = slips.get(errand.id());
    forget(errand.id());
    KeptFields kept = old != null && old.grown() ? kept(errand.id()) : KeptFields.NONE;
    byte[] content = ErrandFile.encode(errand, kept);
    makeRoom(errand.kind(), content.length);
    try {
      if (full(content.length)) {
        throw new IOException(slips.size() + " errands, " + bytes + " bytes wait already");
      }
      makeWay(file(errand.id()));
      DurableFiles.write(file(errand.id()), content);
      remember(errand, content.length, old != null && old.grown());
      return true;
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "an errand ({0}) would not survive a restart: {1}",
          errand.id(),
          e.getMessage());
      keepInMemory(errand);
      return false;
    }
  }

  private void makeWay(Path file) throws IOException {
    if (newer.contains(file)) {
      Aside.put(file, "an errand of that name is begun here");
      newer.remove(file);
      aside++;
    }
  }

  private KeptFields kept(String id) {
    try {
      return ErrandFile.kept(read(file(id)));
    } catch (IOException | CborException e) {
      LOG.log(System.Logger.Level.WARNING, "unknown fields are lost: {0}: {1}", file(id), e);
      return KeptFields.NONE;
    }
  }

  private boolean full(int length) {
    return slips.size() >= MOST || bytes + length > MOST_BYTES;
  }

  private void makeRoom(Errand.Kind kind, int length) {
    if (kind == Errand.Kind.RECORD) {
      return;
    }
    for (Slip slip : new ArrayList<>(slips.values())) {
      if (!full(length)) {
        return;
      }
      if (slip.kind() == Errand.Kind.RECORD) {
        remove(slip.id(), false);
      }
    }
  }

  private void keepInMemory(Errand errand) {
    if (unwritten.size() < MOST_UNWRITTEN && errand.message().length() <= 4096) {
      unwritten.put(errand.id(), errand);
      remember(errand, 0, false);
    }
  }

  /** The whole errand; empty where it is done or its file is gone. */
  Optional<Errand> load(String id) {
    synchronized (this) {
      if (!slips.containsKey(id) || unwritten.containsKey(id)) {
        return Optional.ofNullable(unwritten.get(id));
      }
    }
    try {
      return Optional.of(ErrandFile.decode(read(file(id))));
    } catch (IOException | CborException e) {
      if (has(id)) {
        LOG.log(System.Logger.Level.WARNING, "dropped: {0}: {1}", file(id), e.getMessage());
        remove(id, false);
      }
      return Optional.empty();
    }
  }

  /** It is done. {@code durably}: must not come back after a power cut. */
  synchronized void remove(String id, boolean durably) {
    if (!forget(id)) {
      return;
    }
    try {
      if (durably) {
        DurableFiles.delete(file(id));
      } else {
        Files.deleteIfExists(file(id));
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "can't remove {0}: {1}", file(id), e.getMessage());
    }
  }

  private boolean forget(String id) {
    unwritten.remove(id);
    Slip slip = slips.remove(id);
    if (slip != null) {
      bytes -= slip.length();
    }
    return slip != null;
  }

  /** Everything that is to be done about an object. */
  synchronized List<String> about(ObjectId object) {
    return slips.values().stream()
        .filter(slip -> slip.object().equals(Optional.of(object)))
        .map(Slip::id)
        .toList();
  }

  private Path file(String id) {
    return folder.resolve(id + SUFFIX);
  }
}
