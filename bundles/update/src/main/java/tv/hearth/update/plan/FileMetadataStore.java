package tv.hearth.update.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import tv.hearth.support.io.DurableFiles;
import tv.hearth.support.release.Envelope;
import tv.hearth.tuf.client.MetadataStore;

/**
 * Trusted metadata in a folder; begins with the root that the firmware brought. A file that was
 * damaged counts as missing, so that a flipped bit shuts no box out of its updates for good.
 */
public final class FileMetadataStore implements MetadataStore {
  private static final String MAGIC = "hearthd1";
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
      Optional<byte[]> whole = Envelope.open(MAGIC, Files.readAllBytes(file(name)));
      if (whole.isPresent()) {
        return whole;
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
      DurableFiles.delete(file(name));
    } catch (IOException e) {
      throw new MetadataStoreException(e);
    }
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
