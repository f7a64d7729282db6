package tv.hearth.launcher.tuf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import tv.hearth.support.io.DurableFiles;
import tv.hearth.tuf.client.MetadataStore;

/** Trusted metadata as files of a folder; each is replaced whole or not at all. */
public final class FolderStore implements MetadataStore {
  private final Path folder;

  /** In that folder, which is made where it is missing. */
  public FolderStore(Path folder) throws IOException {
    this.folder = DurableFiles.createFolder(folder);
    DurableFiles.removeLeftovers(folder);
  }

  @Override
  public Optional<byte[]> read(String name) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(folder.resolve(name)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public void write(String name, byte[] bytes) throws IOException {
    DurableFiles.write(folder.resolve(name), bytes);
  }

  @Override
  public void delete(String name) throws IOException {
    DurableFiles.delete(folder.resolve(name));
  }
}
