package tv.hearth.objects.name;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tv.hearth.api.value.Bytes;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cbor.CborMap;
import tv.hearth.support.cbor.KeptFields;
import tv.hearth.support.cbor.NewerFormatException;
import tv.hearth.support.io.Aside;
import tv.hearth.support.io.DurableFiles;
import tv.hearth.vendor.objects.DurabilityClass;

/**
 * Which pack of each class this box appends to; remembered over restarts so that packs get full.
 * Losing the file costs a half-empty pack, nothing else: one of a newer release is set aside for
 * it. What it says of classes that are not known here, and its further fields, stay. Not
 * thread-safe.
 */
public final class OpenPacks {
  private static final String TYPE = "hearth/open-packs";
  private static final int VERSION = 1;
  private static final int MOST_BYTES = 65_536;
  private static final int MOST_CLASSES = 64;
  private static final System.Logger LOG = System.getLogger(OpenPacks.class.getName());
  private final Optional<Path> file;
  private final Map<DurabilityClass, Bytes> packs = new EnumMap<>(DurabilityClass.class);
  private final List<CborMap> unknown = new ArrayList<>();
  private KeptFields kept = KeptFields.NONE;

  /** From that file, if there is one; without a file nothing is remembered. */
  public OpenPacks(Optional<Path> file) {
    this.file = file;
    file.ifPresent(this::open);
  }

  /** The open pack of a class. */
  public Optional<Bytes> get(DurabilityClass durability) {
    return Optional.ofNullable(packs.get(durability));
  }

  /** From now on that pack is open. */
  public void set(DurabilityClass durability, Bytes pack) {
    packs.put(durability, pack);
    if (file.isPresent()) {
      write(file.get());
    }
  }

  private void open(Path from) {
    try {
      Aside.takeBack(from);
      read(from);
    } catch (NewerFormatException e) {
      setAside(from, e);
    } catch (NoSuchFileException e) {
      packs.clear();
    } catch (IOException | CborException | IllegalArgumentException e) {
      forget();
      LOG.log(System.Logger.Level.WARNING, "new packs are begun: " + from + ": " + e.getMessage());
    }
  }

  private void forget() {
    packs.clear();
    unknown.clear();
    kept = KeptFields.NONE;
  }

  private static void setAside(Path from, NewerFormatException why) {
    try {
      Aside.put(from, why.getMessage());
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "can''t set aside {0}: {1}", from, e);
    }
  }

  private void read(Path from) throws IOException, CborException {
    byte[] content;
    try (InputStream in = Files.newInputStream(from)) {
      content = in.readNBytes(MOST_BYTES);
    }
    CborMap map = CborMap.parse(content, TYPE, VERSION);
    for (CborMap entry : map.maps("packs", MOST_CLASSES)) {
      Optional<DurabilityClass> known = known(entry.text("class", 32));
      if (known.isPresent()) {
        packs.put(known.get(), Bytes.of(entry.bytes("pack", 16, 16)));
      } else {
        unknown.add(entry);
      }
    }
    kept = KeptFields.of(map, Set.of("t", "v", "packs"));
  }

  private static Optional<DurabilityClass> known(String label) {
    return Stream.of(DurabilityClass.values())
        .filter(each -> each.label().equals(label))
        .findFirst();
  }

  private void write(Path to) {
    List<CborMap> entries = new ArrayList<>(unknown);
    packs.forEach(
        (known, pack) ->
            entries.add(new CborMap().put("class", known.label()).put("pack", pack.toArray())));
    CborMap map = new CborMap().put("t", TYPE).put("v", VERSION).putMaps("packs", entries);
    kept.into(map);
    try {
      DurableFiles.write(to, map.toBytes());
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "can't remember the open packs: " + e.getMessage());
    }
  }
}
