package tv.hearth.objects.name;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import tv.hearth.api.value.Bytes;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cbor.CborMap;
import tv.hearth.support.io.DurableFiles;
import tv.hearth.vendor.objects.DurabilityClass;

/**
 * Which pack of each class this box appends to; remembered over restarts so that packs get full.
 * Losing the file costs a half-empty pack, nothing else. Not thread-safe.
 */
public final class OpenPacks {
  private static final String TYPE = "hearth/open-packs";
  private static final System.Logger LOG = System.getLogger(OpenPacks.class.getName());
  private final Optional<Path> file;
  private final Map<DurabilityClass, Bytes> packs = new EnumMap<>(DurabilityClass.class);

  /** From that file, if there is one; without a file nothing is remembered. */
  public OpenPacks(Optional<Path> file) {
    this.file = file;
    if (file.isPresent() && Files.exists(file.get())) {
      read(file.get());
    }
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

  private void read(Path from) {
    try {
      CborMap map = CborMap.parse(Files.readAllBytes(from));
      if (!map.text("t", 64).equals(TYPE) || map.number("v", 0, Long.MAX_VALUE) != 1) {
        throw new CborException("not " + TYPE + " of version 1");
      }
      for (CborMap entry : map.maps("packs", DurabilityClass.values().length)) {
        packs.put(
            DurabilityClass.of(entry.text("class", 32)), Bytes.of(entry.bytes("pack", 16, 16)));
      }
    } catch (IOException | CborException | IllegalArgumentException e) {
      packs.clear();
      LOG.log(System.Logger.Level.WARNING, "new packs are begun: " + from + ": " + e.getMessage());
    }
  }

  private void write(Path to) {
    CborMap map = new CborMap().put("t", TYPE).put("v", 1);
    map.putMaps(
        "packs",
        packs.entrySet().stream()
            .map(
                each ->
                    new CborMap()
                        .put("class", each.getKey().label())
                        .put("pack", each.getValue().toArray()))
            .toList());
    try {
      DurableFiles.write(to, map.toBytes());
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "can't remember the open packs: " + e.getMessage());
    }
  }
}
