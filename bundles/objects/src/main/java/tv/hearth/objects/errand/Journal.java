package tv.hearth.objects.errand;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tv.hearth.api.value.ObjectId;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.io.DurableFiles;

/**
 * Errands that outlive a restart: a small file each, written once and removed when it is done. In
 * memory there are only their names. At most {@value #MOST} errands and 64 MiB; where there is no
 * room, deliveries of records go first (a record is on enough replicas without them). A file that
 * can't be read is set aside with a line in the log. Thread-safe.
 */
public final class Journal {
  private static final int MOST = 8192;
  private static final long MOST_BYTES = 64L << 20;
  private static final int MOST_UNWRITTEN = 256;
  private static final String SUFFIX = ".errand";
  private static final System.Logger LOG = System.getLogger(Journal.class.getName());
  private final Path folder;
  private final Map<String, Slip> slips = new LinkedHashMap<>();
  private final Map<String, Errand> unwritten = new LinkedHashMap<>();
  private long bytes;

  /** What is remembered of an errand in memory. */
  record Slip(Errand.Kind kind, String id, Optional<ObjectId> object, Instant until, int length) {}

  /** Takes up what is in the folder, which is made if need be. */
  public Journal(Path folder) {
    this.folder = folder;
    try {
      DurableFiles.createFolder(folder);
      DurableFiles.removeLeftovers(folder);
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
        for (Path file : files) {
          load(file);
        }
      }
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.ERROR,
          "what was to be told to neighbours can't be read from " + folder + ": make it readable",
          e);
    }
  }

  private void load(Path file) {
    try {
      byte[] content = read(file);
      Errand errand = ErrandFile.decode(content);
      if (!file.equals(file(errand.id()))) {
        throw new CborException("it is the errand " + errand.id());
      }
      remember(errand, content.length);
    } catch (IOException | CborException e) {
      LOG.log(System.Logger.Level.WARNING, "set aside: {0}: {1}", file, e.getMessage());
      setAside(file);
    }
  }

  private static void setAside(Path file) {
    try {
      Files.move(file, file.resolveSibling(file.getFileName() + ".damaged"));
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "left where it is: {0}", e.getMessage());
    }
  }

  private static byte[] read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(ErrandFile.MOST + 1);
    }
  }

  private void remember(Errand errand, int length) {
    slips.put(
        errand.id(), new Slip(errand.kind(), errand.id(), errand.object(), errand.until(), length));
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
    forget(errand.id());
    byte[] content = ErrandFile.encode(errand);
    makeRoom(errand.kind(), content.length);
    try {
      if (full(content.length)) {
        throw new IOException(slips.size() + " errands, " + bytes + " bytes wait already");
      }
      DurableFiles.write(file(errand.id()), content);
      remember(errand, content.length);
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
      remember(errand, 0);
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
