package tv.hearth.update.plan;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.BooleanSupplier;
import tv.hearth.api.update.UpdateException;
import tv.hearth.api.update.UpdateException.Problem;
import tv.hearth.tuf.client.MetadataFetcher;
import tv.hearth.tuf.client.MetadataNotFoundException;
import tv.hearth.tuf.client.TargetDigest;
import tv.hearth.tuf.client.TargetFile;
import tv.hearth.tuf.client.TufException;
import tv.hearth.update.PayloadFetcher;
import tv.hearth.update.RepositoryAccess;

/** A repository in a folder: a medium that a technician brings, or a test. */
public final class FolderAccess implements RepositoryAccess {
  private static final int BUFFER = 1 << 16;

  @Override
  public boolean serves(URI base) {
    return "file".equals(base.getScheme());
  }

  @Override
  public MetadataFetcher metadata(URI base) {
    Path folder = Path.of(base).resolve("metadata");
    return path -> {
      try {
        return Files.newInputStream(inside(folder, path));
      } catch (NoSuchFileException e) {
        throw new MetadataNotFoundException(path);
      }
    };
  }

  @Override
  public PayloadFetcher payloads(URI base) {
    Path folder = Path.of(base).resolve("targets");
    return (target, into, cancelled) -> copy(folder, target, into, cancelled);
  }

  private static PayloadFetcher.Traffic copy(
      Path folder, TargetFile target, Path into, BooleanSupplier cancelled) throws UpdateException {
    int slash = target.name().lastIndexOf('/') + 1;
    String name =
        target.name().substring(0, slash)
            + target.hashes().get("sha256")
            + "."
            + target.name().substring(slash);
    try (InputStream in = Files.newInputStream(inside(folder, name));
        var out =
            Files.newOutputStream(
                into,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
      TargetDigest digest = new TargetDigest(target);
      byte[] buffer = new byte[BUFFER];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (cancelled.getAsBoolean()) {
          throw new UpdateException(Problem.CANCELLED, "ended by its caller");
        }
        digest.update(buffer, 0, n);
        out.write(buffer, 0, n);
      }
      digest.finish();
      return new PayloadFetcher.Traffic(target.length(), 0);
    } catch (TufException e) {
      throw new UpdateException(Verdicts.of(e.problem(), Problem.DOWNLOAD), e.getMessage(), e);
    } catch (IOException e) {
      throw new UpdateException(Problem.DOWNLOAD, target.name() + ": " + e.getMessage(), e);
    }
  }

  private static Path inside(Path folder, String name) throws IOException {
    Path path = folder.resolve(name).normalize();
    if (!path.startsWith(folder.normalize())) {
      throw new IOException("a name that leads out of the repository");
    }
    return path;
  }
}
