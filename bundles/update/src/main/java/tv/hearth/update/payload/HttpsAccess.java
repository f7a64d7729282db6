package tv.hearth.update.payload;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import tv.hearth.api.update.UpdateException;
import tv.hearth.api.update.UpdateException.Problem;
import tv.hearth.api.value.Bytes;
import tv.hearth.support.gate.ServiceMissingException;
import tv.hearth.support.io.DurableFiles;
import tv.hearth.support.merkle.Merkle;
import tv.hearth.tuf.client.MetadataFetcher;
import tv.hearth.tuf.client.MetadataNotFoundException;
import tv.hearth.tuf.client.TargetDigest;
import tv.hearth.tuf.client.TargetFile;
import tv.hearth.tuf.client.TufException;
import tv.hearth.tuf.release.PayloadTree;
import tv.hearth.tuf.release.ReleaseException;
import tv.hearth.update.PayloadFetcher;
import tv.hearth.update.RepositoryAccess;
import tv.hearth.update.plan.Verdicts;

/** A repository behind a web server, and neighbours that have its payloads. Thread-safe. */
public final class HttpsAccess implements RepositoryAccess {
  private static final int ATTEMPTS = 4;
  private static final int MOST_PLAIN = 8 << 20;
  private static final int MOST_METADATA = 5 << 20;
  private static final int BUFFER = 1 << 16;

  private final Origin origin;
  private final Neighbours neighbours;
  private final Shares shares;
  private final long secondMillis;

  /**
   * Over its parts.
   *
   * @param secondMillis what a second of waiting lasts; 1000 but in tests
   */
  public HttpsAccess(Origin origin, Neighbours neighbours, Shares shares, long secondMillis) {
    this.origin = origin;
    this.neighbours = neighbours;
    this.shares = shares;
    this.secondMillis = secondMillis;
  }

  @Override
  public boolean serves(URI base) {
    return "https".equals(base.getScheme());
  }

  @Override
  public MetadataFetcher metadata(URI base) {
    return path -> {
      URI uri = beneath(base, "metadata/" + path);
      try {
        // Whole before it is judged: an answer that was cut says nothing of who signed.
        return new ByteArrayInputStream(tried(() -> origin.whole(uri, MOST_METADATA), () -> false));
      } catch (FileNotFoundException e) {
        throw new MetadataNotFoundException(path);
      } catch (UpdateException e) {
        throw new IOException(e.getMessage(), e);
      }
    };
  }

  @Override
  public PayloadFetcher payloads(URI base) {
    return (target, into, cancelled) -> fetch(base, target, into, cancelled);
  }

  private PayloadFetcher.Traffic fetch(
      URI base, TargetFile target, Path into, BooleanSupplier cancelled) throws UpdateException {
    String sha256 = target.hashes().getOrDefault("sha256", "");
    int slash = target.name().lastIndexOf('/') + 1;
    URI uri =
        beneath(
            base,
            "targets/"
                + target.name().substring(0, slash)
                + sha256
                + "."
                + target.name().substring(slash));
    try {
      PayloadFetcher.Traffic traffic =
          target.custom().find("hearth").isPresent()
              ? gather(uri, target, sha256, into, cancelled)
              : plain(uri, target, into, cancelled);
      check(target, into);
      return traffic;
    } catch (TufException e) {
      return refused(into, e);
    } catch (ReleaseException | IllegalArgumentException e) {
      throw new UpdateException(Problem.UNTRUSTED, target.name() + ": " + e.getMessage(), e);
    } catch (IOException | ServiceMissingException e) {
      throw new UpdateException(Problem.DOWNLOAD, target.name() + ": " + e.getMessage(), e);
    }
  }

  private static PayloadFetcher.Traffic refused(Path into, TufException why)
      throws UpdateException {
    try {
      Files.deleteIfExists(into);
    } catch (IOException e) {
      why.addSuppressed(e);
    }
    throw new UpdateException(Verdicts.of(why.problem(), Problem.DOWNLOAD), why.getMessage(), why);
  }

  private PayloadFetcher.Traffic gather(
      URI uri, TargetFile target, String sha256, Path into, BooleanSupplier cancelled)
      throws UpdateException, IOException, ReleaseException {
    PayloadTree signed = PayloadTree.of(target);
    Bytes root = Bytes.of(signed.root());
    int chunks = signed.chunks(target.length());
    byte[] leaves = chunks == 1 ? signed.root() : leaves(uri, chunks, cancelled);
    if (!signed.fits(leaves, target.length())) {
      throw new UpdateException(
          Problem.UNTRUSTED, target.name() + ".tree at the repository is not what was signed");
    }
    Tree tree = new Tree(root, target.length(), signed.chunkSize(), Bytes.of(leaves));
    Share share = shares.begin(tree, sha256);
    boolean good = false;
    try {
      Gathering gathering =
          new Gathering(
              share,
              neighbours,
              (from, length) -> origin.read(uri, from, length),
              seconds -> pause(seconds, cancelled),
              Gathering.Patience.USUAL);
      PayloadFetcher.Traffic traffic = gathering.run();
      shares.keep(share, sha256);
      good = true;
      return traffic;
    } finally {
      if (!good) {
        shares.end(share);
      }
    }
  }

  private byte[] leaves(URI uri, int chunks, BooleanSupplier cancelled)
      throws UpdateException, IOException {
    URI tree = URI.create(uri + ".tree");
    return tried(() -> origin.read(tree, 0, chunks * Merkle.HASH), cancelled);
  }

  private PayloadFetcher.Traffic plain(
      URI uri, TargetFile target, Path into, BooleanSupplier cancelled)
      throws UpdateException, IOException {
    if (target.length() > MOST_PLAIN || target.length() < 1) {
      throw new UpdateException(
          Problem.UNTRUSTED, target.name() + " has no hash tree and is not of 1 byte … 8 MiB");
    }
    byte[] bytes = tried(() -> origin.read(uri, 0, (int) target.length()), cancelled);
    DurableFiles.write(into, bytes);
    return new PayloadFetcher.Traffic(bytes.length, 0);
  }

  private static void check(TargetFile target, Path file) throws TufException, IOException {
    TargetDigest digest = new TargetDigest(target);
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    digest.finish();
  }

  private <T> T tried(Attempt<T> attempt, BooleanSupplier cancelled)
      throws UpdateException, IOException {
    for (int tries = 1; ; tries++) {
      pause(0, cancelled);
      try {
        return attempt.make();
      } catch (FileNotFoundException e) {
        throw e;
      } catch (IOException e) {
        if (tries == ATTEMPTS) {
          throw new IOException(e.getMessage() + " (tried " + ATTEMPTS + " times)", e);
        }
        pause(1 << (tries - 1), cancelled);
      }
    }
  }

  private void pause(int seconds, BooleanSupplier cancelled) throws UpdateException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(seconds * secondMillis);
    do {
      if (cancelled.getAsBoolean() || Thread.currentThread().isInterrupted()) {
        throw new UpdateException(Problem.CANCELLED, "ended by its caller while it was fetched");
      }
      long left = Math.min(100, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()) + 1);
      if (seconds > 0 && left > 0) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(left));
      }
    } while (end - System.nanoTime() > 0);
  }

  private static URI beneath(URI base, String path) {
    String text = base.toString();
    return URI.create(text + (text.endsWith("/") ? "" : "/") + path);
  }

  private interface Attempt<T> {
    T make() throws IOException;
  }
}
