package tv.hearth.support.release;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cbor.CborMap;

/**
 * What content each bundle has, as far as that is known: a cache, so that a start of the framework
 * need not read every jar. Lost or damaged, it costs that time once. One thread at a time.
 */
public final class Marks {
  private static final String MAGIC = "hearthm1";
  private static final String FILE = "marks";
  private static final int MOST_BYTES = 1 << 20;

  private final Disk disk;
  private final Map<Long, Mark> marks = new HashMap<>();

  private record Mark(long modified, String sha256) {}

  /** As they were saved; none where that can't be read. */
  public Marks(Disk disk) throws IOException {
    this.disk = disk;
    reread();
  }

  /** The right to exchange bundles, and what another owner marked when it last had it. */
  Turn turn() throws IOException {
    Turn mine = disk.turn();
    try {
      reread();
    } catch (IOException e) {
      mine.close();
      throw e;
    }
    return mine;
  }

  private void reread() throws IOException {
    marks.clear();
    try (InputStream in = disk.open(FILE)) {
      Optional<byte[]> body = Envelope.open(MAGIC, in.readNBytes(MOST_BYTES));
      if (body.isPresent()) {
        for (CborMap mark : CborMap.parse(body.get()).maps("marks", 4096)) {
          marks.put(
              mark.number("id", 0, Long.MAX_VALUE),
              new Mark(
                  mark.number("modified", Long.MIN_VALUE, Long.MAX_VALUE),
                  mark.text("sha256", 64)));
        }
      }
    } catch (NoSuchFileException | CborException none) {
      marks.clear();
    }
  }

  /** SHA-256 of the jar that the bundle has, if that is known. */
  Optional<String> of(Frame.Placed bundle) {
    Mark mark = marks.get(bundle.id());
    return mark != null && mark.modified() == bundle.modified()
        ? Optional.of(mark.sha256())
        : Optional.empty();
  }

  void put(Frame.Placed bundle, String sha256) {
    marks.put(bundle.id(), new Mark(bundle.modified(), sha256));
  }

  void forget(long id) {
    marks.remove(id);
  }

  void save() throws IOException {
    List<CborMap> all = new ArrayList<>();
    marks.forEach(
        (id, mark) ->
            all.add(
                new CborMap()
                    .put("id", id)
                    .put("modified", mark.modified())
                    .put("sha256", mark.sha256())));
    disk.replace(FILE, Envelope.wrap(MAGIC, new CborMap().putMaps("marks", all).toBytes()));
  }
}
