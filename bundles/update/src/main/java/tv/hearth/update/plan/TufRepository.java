package tv.hearth.update.plan;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import tv.hearth.api.signature.PublicKeyVerifier;
import tv.hearth.api.update.UpdateException;
import tv.hearth.api.update.UpdateException.Problem;
import tv.hearth.support.gate.ServiceMissingException;
import tv.hearth.support.release.BundleStore;
import tv.hearth.support.release.FolderDisk;
import tv.hearth.tuf.client.MetadataStore;
import tv.hearth.tuf.client.TargetFile;
import tv.hearth.tuf.client.TufClient;
import tv.hearth.tuf.client.TufException;
import tv.hearth.tuf.client.TufLimits;
import tv.hearth.tuf.release.ReleaseBundle;
import tv.hearth.tuf.release.ReleaseException;
import tv.hearth.tuf.release.ReleaseFile;
import tv.hearth.update.PayloadFetcher.Traffic;
import tv.hearth.update.RepositoryAccess;
import tv.hearth.update.engine.Ports;

/** The operator's repository, by The Update Framework. One thread at a time. */
public final class TufRepository implements Ports.Repository {
  private static final int MOST_RELEASE = 4 << 20;

  private final URI base;
  private final MetadataStore metadata;
  private final PublicKeyVerifier verifier;
  private final Supplier<List<RepositoryAccess>> ways;
  private final FolderDisk disk;
  private final InstantSource clock;

  /**
   * Over its parts.
   *
   * @param base of the repository
   * @param verifier may throw {@link ServiceMissingException}
   * @param ways to repositories that are there now
   */
  public TufRepository(
      URI base,
      MetadataStore metadata,
      PublicKeyVerifier verifier,
      Supplier<List<RepositoryAccess>> ways,
      FolderDisk disk,
      InstantSource clock) {
    this.base = base;
    this.metadata = metadata;
    this.verifier = verifier;
    this.ways = ways;
    this.disk = disk;
    this.clock = clock;
  }

  @Override
  public Ports.Signed find(String target, BooleanSupplier cancelled) throws UpdateException {
    try {
      TufClient client =
          new TufClient(metadata, way().metadata(base), verifier, clock, TufLimits.standard());
      client.refresh();
      TargetFile file = need(client, target);
      ReleaseFile release = ReleaseFile.parse(read(file, cancelled));
      Map<String, TargetFile> targets = new HashMap<>();
      for (ReleaseBundle bundle : release.bundles()) {
        Optional<TargetFile> signed = client.target(bundle.target());
        signed.ifPresent(t -> targets.put(bundle.symbolicName(), t));
      }
      return new Ports.Signed(release, targets);
    } catch (TufException e) {
      throw refused(e);
    } catch (ReleaseException e) {
      throw new UpdateException(Problem.BAD_RELEASE, target + ": " + e.getMessage(), e);
    } catch (MetadataStoreException e) {
      throw new UpdateException(Problem.STORAGE, e.getMessage(), e);
    } catch (IOException e) {
      throw new UpdateException(
          Problem.UNREACHABLE, "the repository at " + base + ": " + e.getMessage(), e);
    } catch (ServiceMissingException e) {
      throw new UpdateException(
          Problem.UNREACHABLE, "nothing can be verified now: " + e.getMessage(), e);
    }
  }

  @Override
  public Traffic fetch(TargetFile target, String sha256, BooleanSupplier cancelled)
      throws UpdateException {
    try {
      Path into = disk.path(BundleStore.incoming(sha256));
      Files.createDirectories(into.getParent());
      return way().payloads(base).fetch(target, into, cancelled);
    } catch (IOException e) {
      throw new UpdateException(Problem.STORAGE, "the store: " + e.getMessage(), e);
    }
  }

  private static UpdateException refused(TufException e) {
    Problem problem = Verdicts.of(e.problem(), Problem.UNREACHABLE);
    String remedy =
        problem == Problem.EXPIRED
            ? "; publish the repository anew, or set this box's clock where it is wrong"
            : "";
    return new UpdateException(problem, "the signed metadata: " + e.getMessage() + remedy, e);
  }

  private byte[] read(TargetFile file, BooleanSupplier cancelled)
      throws UpdateException, IOException {
    String sha256 = file.hashes().getOrDefault("sha256", "");
    if (file.length() > MOST_RELEASE || !sha256.matches("[0-9a-f]{64}")) {
      throw new UpdateException(
          Problem.BAD_RELEASE, file.name() + " is too large, or has no SHA-256");
    }
    fetch(file, sha256, cancelled);
    Path came = disk.path(BundleStore.incoming(sha256));
    byte[] bytes = Files.readAllBytes(came);
    Files.delete(came);
    return bytes;
  }

  private TargetFile need(TufClient client, String target)
      throws UpdateException, TufException, IOException {
    return client
        .target(target)
        .orElseThrow(
            () ->
                new UpdateException(
                    Problem.UNKNOWN_TARGET, "the signed targets have no " + target));
  }

  private RepositoryAccess way() throws UpdateException {
    return ways.get().stream()
        .filter(way -> way.serves(base))
        .findFirst()
        .orElseThrow(
            () ->
                new UpdateException(
                    Problem.UNREACHABLE, "there is no way to a repository at " + base));
  }
}
