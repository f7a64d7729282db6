package tv.hearth.update.engine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import tv.hearth.support.release.Disk;
import tv.hearth.support.release.Turn;

/**
 * A disk in memory that keeps, over a power cut, only what was synced: of a folder's changes those
 * before some point, of a file's bytes the synced ones, all, a part, or zeros.
 */
final class MemoryDisk implements Disk {
  private final Power power;
  private Map<String, Inode> entries = new TreeMap<>();
  private Map<String, Inode> durable = new TreeMap<>();
  private final List<Change> pending = new ArrayList<>();
  long free = 1L << 40;
  boolean readOnly;

  MemoryDisk(Power power) {
    this.power = power;
  }

  private static final class Inode {
    byte[] bytes = new byte[0];
    byte[] synced = new byte[0];
  }

  private record Change(String folder, String removed, String added, Inode inode) {
    void on(Map<String, Inode> map) {
      if (removed != null) {
        map.remove(removed);
      }
      if (added != null) {
        map.put(added, inode);
      }
    }
  }

  /** The power was cut; the disk as it is found afterwards. */
  void cut(Random random) {
    Map<String, Integer> kept = new HashMap<>();
    Map<String, Integer> seen = new HashMap<>();
    for (Change change : pending) {
      kept.merge(change.folder(), 1, Integer::sum);
    }
    kept.replaceAll((folder, count) -> random.nextInt(count + 1));
    for (Change change : pending) {
      if (seen.merge(change.folder(), 1, Integer::sum) <= kept.get(change.folder())) {
        change.on(durable);
      }
    }
    pending.clear();
    for (Inode inode : durable.values()) {
      if (inode.bytes != inode.synced) {
        inode.bytes = torn(inode, random);
        inode.synced = inode.bytes;
      }
    }
    entries = new TreeMap<>(durable);
    durable = new TreeMap<>(entries);
  }

  private static byte[] torn(Inode inode, Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> inode.synced;
      case 1 -> inode.bytes;
      case 2 -> Arrays.copyOf(inode.bytes, random.nextInt(inode.bytes.length + 1));
      default -> new byte[inode.bytes.length];
    };
  }

  List<String> all() {
    return List.copyOf(entries.keySet());
  }

  void flip(String name, long bit) {
    Inode inode = entries.get(name);
    byte[] flipped = inode.bytes.clone();
    flipped[(int) (bit / 8 % flipped.length)] ^= (byte) (1 << bit % 8);
    inode.bytes = flipped;
    inode.synced = flipped;
  }

  @Override
  public InputStream open(String name) throws IOException {
    return new ByteArrayInputStream(need(name).bytes);
  }

  @Override
  public Sink create(String name) throws IOException {
    writable();
    power.use("create " + name);
    Inode inode = new Inode();
    change(new Change(Disk.folder(name), null, name, inode));
    return new Sink() {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        writable();
        boolean last = power.goesOff();
        int written = last ? length / 2 : length;
        byte[] longer = Arrays.copyOf(inode.bytes, inode.bytes.length + written);
        System.arraycopy(bytes, offset, longer, inode.bytes.length, written);
        inode.bytes = longer;
        if (last) {
          throw new Crash("write " + name);
        }
      }

      @Override
      public void sync() {
        power.use("sync " + name);
        inode.synced = inode.bytes;
      }

      @Override
      public void close() {
        // Closing syncs nothing.
      }
    };
  }

  @Override
  public void sync(String name) throws IOException {
    power.use("sync " + name);
    Inode inode = need(name);
    inode.synced = inode.bytes;
  }

  @Override
  public void rename(String from, String to) throws IOException {
    writable();
    Inode inode = need(from);
    power.use("rename to " + to);
    pending.removeIf(change -> from.equals(change.added())); // it is nowhere else any more
    change(new Change(Disk.folder(to), from, to, inode));
  }

  @Override
  public void delete(String name) throws IOException {
    writable();
    if (entries.containsKey(name)) {
      power.use("delete " + name);
      change(new Change(Disk.folder(name), name, null, null));
    }
  }

  @Override
  public void syncFolder(String folder) {
    power.use("sync folder " + folder);
    pending.removeIf(
        change -> {
          boolean here = change.folder().equals(folder);
          if (here) {
            change.on(durable);
          }
          return here;
        });
  }

  @Override
  public List<String> names(String folder) {
    return entries.keySet().stream()
        .filter(name -> Disk.folder(name).equals(folder))
        .map(name -> name.substring(folder.isEmpty() ? 0 : folder.length() + 1))
        .toList();
  }

  @Override
  public long size(String name) {
    Inode inode = entries.get(name);
    return inode == null ? -1 : inode.bytes.length;
  }

  @Override
  public long free() {
    return free;
  }

  private void change(Change change) {
    change.on(entries);
    pending.add(change);
  }

  private void writable() throws IOException {
    if (readOnly) {
      throw new IOException("Read-only file system");
    } else if (free <= 0) {
      throw new IOException("No space left on device");
    }
  }

  private Inode need(String name) throws NoSuchFileException {
    Inode inode = entries.get(name);
    if (inode == null) {
      throw new NoSuchFileException(name);
    }
    return inode;
  }

  @Override
  public Turn turn() {
    return () -> {}; // one owner, one process
  }
}
