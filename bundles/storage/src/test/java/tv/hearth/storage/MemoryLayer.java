package tv.hearth.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A disk in memory that knows which bytes and names a power cut may take: contents survive as last
 * forced, names as of the last sync of their folder; anything later survives or not, block by block
 * and name by name, as chance has it.
 */
final class MemoryLayer implements FileLayer {
  private static final int BLOCK = 512;

  private final Map<Path, Map<String, Inode>> live = new HashMap<>();
  private final Map<Path, Map<String, Inode>> durable = new HashMap<>();
  private Fault fault = (operation, path) -> {};
  private long free = 1L << 40;
  private boolean readOnly;
  private boolean dead;

  /** Called before each operation; may throw. */
  interface Fault {
    void before(String operation, Path path) throws IOException;
  }

  /** The machine stops here: nothing but the next power-up follows. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    Crash() {
      super("power cut");
    }
  }

  private static final class Inode {
    private byte[] now = new byte[0];
    private byte[] forced = new byte[0];
  }

  synchronized void fault(Fault next) {
    fault = next;
  }

  synchronized void free(long bytes) {
    free = bytes;
  }

  synchronized void readOnly(boolean is) {
    readOnly = is;
  }

  /** The process is gone, the machine is not: all that was written is still there. */
  synchronized void killed() {
    dead = false;
    fault = (operation, path) -> {};
  }

  /** The power was cut. */
  synchronized void powerCut(SplittableRandom random) {
    killed();
    Set<Path> folders = new HashSet<>(live.keySet());
    for (Path folder : folders) {
      Map<String, Inode> after = survivors(folder, random);
      live.put(folder, after);
      durable.put(folder, new TreeMap<>(after));
    }
    Set<Inode> inodes = new HashSet<>();
    live.values().forEach(entries -> inodes.addAll(entries.values()));
    inodes.forEach(inode -> tear(inode, random));
  }

  @Override
  public synchronized Opened create(Path file) throws IOException {
    before("create", file);
    Inode inode = folder(file).computeIfAbsent(name(file), name -> new Inode());
    inode.now = new byte[0];
    return new Handle(file, inode);
  }

  @Override
  public synchronized Opened open(Path file, boolean writable) throws IOException {
    before(writable ? "openToWrite" : "open", file);
    return new Handle(file, find(file));
  }

  @Override
  public synchronized void move(Path from, Path to) throws IOException {
    before("move", to);
    Inode inode = find(from);
    folder(to).put(name(to), inode);
    folder(from).remove(name(from));
  }

  @Override
  public synchronized void delete(Path file) throws IOException {
    before("delete", file);
    live.getOrDefault(file.getParent(), Map.of()).keySet().removeIf(name(file)::equals);
  }

  @Override
  public synchronized void createFolder(Path folder) throws IOException {
    if (!live.containsKey(folder)) {
      before("createFolder", folder);
      live.put(folder, new TreeMap<>());
      durable.put(folder, new TreeMap<>());
    }
  }

  @Override
  public synchronized void syncFolder(Path folder) throws IOException {
    before("syncFolder", folder);
    durable.put(folder, new TreeMap<>(live.get(folder)));
  }

  @Override
  public synchronized void names(Path folder, Consumer<String> each) throws IOException {
    before("names", folder);
    Set.copyOf(live.getOrDefault(folder, Map.of()).keySet()).forEach(each);
  }

  @Override
  public synchronized long size(Path file) {
    Inode inode = live.getOrDefault(file.getParent(), Map.of()).get(name(file));
    return inode == null ? -1 : inode.now.length;
  }

  @Override
  public synchronized long free(Path folder) {
    return free;
  }

  @Override
  public synchronized boolean isReadOnly(Path folder) {
    return readOnly;
  }

  @Override
  public long modified(Path file) {
    return 0;
  }

  private void before(String operation, Path path) throws IOException {
    if (dead) {
      throw new Crash();
    }
    try {
      fault.before(operation, path);
    } catch (Crash crash) {
      dead = true;
      throw crash;
    }
  }

  private Map<String, Inode> folder(Path file) throws NoSuchFileException {
    Map<String, Inode> entries = live.get(file.getParent());
    if (entries == null) {
      throw new NoSuchFileException(file.getParent().toString());
    }
    return entries;
  }

  private Inode find(Path file) throws NoSuchFileException {
    Inode inode = live.getOrDefault(file.getParent(), Map.of()).get(name(file));
    if (inode == null) {
      throw new NoSuchFileException(file.toString());
    }
    return inode;
  }

  private Map<String, Inode> survivors(Path folder, SplittableRandom random) {
    Map<String, Inode> now = live.get(folder);
    Map<String, Inode> synced = durable.getOrDefault(folder, Map.of());
    Map<String, Inode> after = new TreeMap<>();
    Set<String> names = new HashSet<>(now.keySet());
    names.addAll(synced.keySet());
    for (String name : names) {
      Inode survivor = (random.nextBoolean() ? now : synced).get(name);
      if (survivor != null) {
        after.put(name, survivor);
      }
    }
    return after;
  }

  private static void tear(Inode inode, SplittableRandom random) {
    int size = (random.nextBoolean() ? inode.now : inode.forced).length;
    byte[] after = new byte[size];
    for (int at = 0; at < size; at += BLOCK) {
      byte[] from = random.nextBoolean() ? inode.now : inode.forced;
      int count = Math.max(0, Math.min(BLOCK, Math.min(size, from.length) - at));
      System.arraycopy(from, Math.min(at, from.length), after, at, count);
    }
    inode.now = after;
    inode.forced = after.clone();
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  private final class Handle implements Opened {
    private final Path path;
    private final Inode inode;

    Handle(Path path, Inode inode) {
      this.path = path;
      this.inode = inode;
    }

    @Override
    public int read(ByteBuffer into, long at) throws IOException {
      synchronized (MemoryLayer.this) {
        before("read", path);
        int count = (int) Math.min(into.remaining(), inode.now.length - at);
        if (count <= 0) {
          return into.hasRemaining() ? -1 : 0;
        }
        into.put(inode.now, (int) at, count);
        return count;
      }
    }

    @Override
    public void write(ByteBuffer bytes, long at) throws IOException {
      synchronized (MemoryLayer.this) {
        try {
          before("write", path);
        } catch (Crash crash) {
          put(bytes, at, bytes.remaining() / 2); // torn: the half of it came through
          throw crash;
        }
        put(bytes, at, bytes.remaining());
      }
    }

    private void put(ByteBuffer bytes, long at, int count) {
      int end = (int) at + count;
      inode.now = Arrays.copyOf(inode.now, Math.max(inode.now.length, end));
      bytes.get(inode.now, (int) at, count);
    }

    @Override
    public void force() throws IOException {
      synchronized (MemoryLayer.this) {
        before("force", path);
        inode.forced = inode.now.clone();
      }
    }

    @Override
    public long size() {
      synchronized (MemoryLayer.this) {
        return inode.now.length;
      }
    }

    @Override
    public void close() {}
  }
}
