package tv.hearth.update.plan;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import tv.hearth.support.io.Aside;
import tv.hearth.support.io.DurableFiles;
import tv.hearth.support.release.Envelope;
import tv.hearth.tuf.client.MetadataStore;

/**
 * Trusted metadata in a folder; begins with the root that the firmware brought. A file that was
 * damaged counts as missing, so that a flipped bit shuts no box out of its updates for good; so
 * does one of a newer version, which is set aside for its release first.
 */
public final class FileMetadataStore implements MetadataStore {
  private static final String FAMILY = "hearthd";
  private static final String MAGIC = FAMILY + "1";
  private static final String ROOT = "root.json";
  private static final int MOST_ROOT = 512_000;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9%._-]{1,200}\\.json");

  private final Path folder;
  private final Path firmwareRoot;

  /** Over a folder, which is created, and the root of the firmware, which may be missing. */
  public FileMetadataStore(Path folder, Path firmwareRoot) throws IOException {
    this.folder = DurableFiles.createFolder(folder);
    this.firmwareRoot = firmwareRoot;
    DurableFiles.removeLeftovers(folder);
  }

  @Override
  public Optional<byte[]> read(String name) throws IOException {
    try {
      Aside.takeBack(file(name));
      byte[] content = Files.readAllBytes(file(name));
      Optional<byte[]> whole = Envelope.open(MAGIC, content);
      if (whole.isPresent()) {
        return whole;
      }
      if (isNewer(content)) {
        Aside.put(file(name), "its version is not known here");
      }
    } catch (NoSuchFileException none) {
      // as if it were damaged
    } catch (IOException e) {
      throw new MetadataStoreException(e);
    }
    return name.equals(ROOT) ? firmware() : Optional.empty();
  }

  @Override
  public void write(String name, byte[] bytes) throws IOException {
    try {
      DurableFiles.write(file(name), Envelope.wrap(MAGIC, bytes));
    } catch (IOException e) {
      throw new MetadataStoreException(e);
    }
  }

  @Override
  public void delete(String name) throws IOException {
    try {
      // What waits is older than what is let go of: it must not come back in its place.
      DurableFiles.delete(Aside.of(file(name)));
      DurableFiles.delete(file(name));
    } catch (IOException e) {
      throw new MetadataStoreException(e);
    }
  }

  private static boolean isNewer(byte[] content) {
    String magic =
        new String(content, 0, Math.min(MAGIC.length(), content.length), StandardCharsets.US_ASCII);
    return magic.matches(FAMILY + "[2-9a-z]");
  }

  private Optional<byte[]> firmware() throws IOException {
    try {
      if (Files.size(firmwareRoot) > MOST_ROOT) {
        throw new IOException(firmwareRoot + " is too large for a root of trust");
      }
      return Optional.of(Files.readAllBytes(firmwareRoot));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  private Path file(String name) throws IOException {
    if (!NAME.matcher(name).matches() || name.startsWith(".")) {
      throw new IOException("no name for metadata: " + name);
    }
    return folder.resolve(name);
  }
}
