package tv.hearth.objects.put;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tv.hearth.api.cipher.Space;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.OwnerId;
import tv.hearth.objects.core.CodeShape;
import tv.hearth.objects.core.HeadContent;
import tv.hearth.objects.core.HeadContent.Packed;
import tv.hearth.objects.core.HeadContent.Stored;
import tv.hearth.objects.core.Layout;
import tv.hearth.objects.core.PackIndex;
import tv.hearth.objects.io.ObjectIds;
import tv.hearth.objects.name.Heads;
import tv.hearth.objects.name.OpenPacks;
import tv.hearth.objects.name.PackNames;
import tv.hearth.objects.read.Opener;
import tv.hearth.objects.read.RangeReader;
import tv.hearth.support.record.HeadRecord;
import tv.hearth.vendor.objects.DurabilityClass;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.Shelf;

/**
 * Small files of the household, many in one object. An open pack is written anew with each file
 * until it is full; a deleted file's bytes go when more than half of a pack is such. One change at
 * a time, so at most two packs' bytes (4 MiB) are in memory. Thread-safe.
 */
public final class Packs {
  /** Largest file that is packed, bytes; less where k is small. */
  public static final int MOST_FILE = 256 << 10;

  private static final Shelf SHELF = Shelf.HOUSEHOLD;
  private static final Space SPACE = Space.HOUSEHOLD;
  private static final int MOST_DEAD = 2048;
  private final Heads heads;
  private final Opener opener;
  private final RangeReader reader;
  private final Committer committer;
  private final OpenPacks open;

  /** A file's place in a pack, and how that is coded. */
  public record Placed(Packed place, CodeShape shape, int placed) {}

  /** Appends to the packs that {@code open} remembers. */
  public Packs(
      Heads heads, Opener opener, RangeReader reader, Committer committer, OpenPacks open) {
    this.heads = heads;
    this.opener = opener;
    this.reader = reader;
    this.committer = committer;
    this.open = open;
  }

  /** True where a file of that length is better packed: less than half a stripe. */
  public static boolean takes(long length, CodeShape shape) {
    return length <= Math.min(MOST_FILE, (long) shape.k() * Layout.UNIT / 2);
  }

  /** Appends a file; no name points to it yet. */
  public synchronized Placed add(OwnerId owner, DurabilityClass durability, byte[] content)
      throws ObjectFailure {
    Bytes pack = open.get(durability).orElse(null);
    Heads.Named before = pack == null ? null : heads.basis(SPACE, owner, PackNames.of(pack));
    if (before == null) {
      pack = Bytes.of(ObjectIds.bytes(16));
      before = heads.none(SPACE, owner, PackNames.of(pack));
    }
    Map<Long, byte[]> entries = entries(owner, before);
    if (!index(entries).takes(content.length)) {
      pack = Bytes.of(ObjectIds.bytes(16));
      before = heads.none(SPACE, owner, PackNames.of(pack));
      entries = new LinkedHashMap<>();
    }
    long entry = ObjectIds.number();
    entries.put(entry, content);
    Putter.Done done = write(owner, durability, pack, before, entries);
    open.set(durability, pack);
    return new Placed(new Packed(pack, entry), done.shape(), done.placed());
  }

  /** No name points to that entry any more. */
  public synchronized void remove(OwnerId owner, DurabilityClass durability, Packed place)
      throws ObjectFailure {
    String name = PackNames.of(place.pack());
    Heads.Named before = heads.read(SPACE, owner, name, true);
    if (before.content() == null) {
      if (!before.certain()) {
        throw Opener.notKnown("a pack of small files");
      }
      return;
    }
    Set<Long> dead = dead(before.content());
    dead.add(place.entry());
    boolean one = before.siblings().heads().size() == 1;
    PackIndex index = opener.index(SPACE, owner, before.content());
    if (one && !index.mostlyGarbage(dead) && dead.size() < MOST_DEAD) {
      HeadContent next = withDead(before.content(), dead);
      heads.write(SHELF, owner, name, next, before, signed -> {});
      return;
    }
    Map<Long, byte[]> entries = entries(owner, before);
    entries.remove(place.entry());
    if (entries.isEmpty()) {
      heads.write(SHELF, owner, name, null, before, signed -> {});
      committer.forgetOld(SHELF, name, before);
    } else {
      write(owner, durability, place.pack(), before, entries);
    }
  }

  /**
   * How long a pack is made so that it fills whole units with its index: the sizes of small files
   * don't show in what neighbours hold of it.
   */
  private static int padded(long bytes, int index) {
    long units = (bytes + index + Layout.UNIT - 1) / Layout.UNIT;
    return (int) (units * Layout.UNIT - index);
  }

  private Putter.Done write(
      OwnerId owner,
      DurabilityClass durability,
      Bytes pack,
      Heads.Named before,
      Map<Long, byte[]> entries)
      throws ObjectFailure {
    byte[] index = index(entries).encode();
    byte[] all = new byte[padded(index(entries).bytes(), index.length)];
    ByteBuffer into = ByteBuffer.wrap(all);
    entries.values().forEach(into::put);
    Putter.Job job =
        new Putter.Job(
            SHELF,
            owner,
            "a pack of small files",
            durability,
            all.length,
            index,
            (offset, part) ->
                part.put(all, (int) offset, Math.min(part.remaining(), all.length - (int) offset)),
            done -> {});
    String name = PackNames.of(pack);
    return committer
        .store(
            job,
            name,
            done ->
                new HeadContent(
                    HeadContent.Form.PACK,
                    name,
                    "",
                    all.length,
                    durability,
                    done.shape().k(),
                    done.shape().n(),
                    done.placed(),
                    done.stored()),
            before)
        .done();
  }

  /** The living entries of all siblings, in the order of their bytes. */
  private Map<Long, byte[]> entries(OwnerId owner, Heads.Named named) throws ObjectFailure {
    Map<Long, byte[]> entries = new LinkedHashMap<>();
    for (HeadRecord head : named.siblings().heads()) {
      if (!head.deleted()) {
        HeadContent content = heads.open(SPACE, head);
        byte[] all = new byte[(int) Math.min(content.length(), 2L * PackIndex.FULL)];
        reader.read(opener.open(SPACE, owner, content), 0, ByteBuffer.wrap(all), false);
        Set<Long> dead = dead(content);
        opener
            .index(SPACE, owner, content)
            .entries()
            .forEach(
                (entry, extent) -> {
                  if (!dead.contains(entry)) {
                    int from = (int) extent.offset();
                    entries.put(
                        entry,
                        java.util.Arrays.copyOfRange(all, from, from + (int) extent.length()));
                  }
                });
      }
    }
    return entries;
  }

  private static PackIndex index(Map<Long, byte[]> entries) {
    Map<Long, Long> lengths = new LinkedHashMap<>();
    entries.forEach((entry, content) -> lengths.put(entry, (long) content.length));
    return PackIndex.of(lengths);
  }

  private static Set<Long> dead(HeadContent pack) {
    ByteBuffer bytes = ByteBuffer.wrap(pack.stored().dead().toArray());
    Set<Long> dead = new HashSet<>();
    while (bytes.remaining() >= Long.BYTES) {
      dead.add(bytes.getLong());
    }
    return dead;
  }

  private static HeadContent withDead(HeadContent pack, Set<Long> dead) {
    List<Long> ordered = new ArrayList<>(dead);
    ordered.sort(Long::compare);
    ByteBuffer bytes = ByteBuffer.allocate(ordered.size() * Long.BYTES);
    ordered.forEach(bytes::putLong);
    Stored old = pack.stored();
    Stored next =
        new Stored(
            old.object(), old.descriptor(), old.key(), old.manifest(), Bytes.of(bytes.array()));
    return new HeadContent(
        pack.form(),
        pack.name(),
        pack.type(),
        pack.length(),
        pack.durability(),
        pack.k(),
        pack.n(),
        pack.placed(),
        next);
  }
}
