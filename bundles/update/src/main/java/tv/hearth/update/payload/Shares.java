package tv.hearth.update.payload;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tv.hearth.api.payload.PayloadSource;
import tv.hearth.api.value.Bytes;
import tv.hearth.support.io.DurableFiles;
import tv.hearth.support.release.BundleStore;

/**
 * The payloads that this box has or fetches, for its neighbours. What it has is known again after a
 * restart by a file each in {@code shares/}: magic {@code HPS1}, SHA-256 (32 bytes), length (8),
 * chunk size (4), leaf hashes; its name is the root's hexadecimal. Damaged ones are thrown away:
 * they cost neighbours a source, not correctness. Files of a newer release ({@code HPS2} and so on,
 * or another name) are left alone. Thread-safe.
 */
public final class Shares implements PayloadSource {
  private static final Logger LOG = System.getLogger(Shares.class.getName());
  private static final int MAGIC = 0x48505331;
  private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");
  private static final int MOST = 512;
  private static final int MOST_FILE = 4 << 20;

  private final Path folder;
  private final Path home;
  private final Map<Bytes, Share> shares = new ConcurrentHashMap<>();

  /**
   * Reads what is known.
   *
   * @param home the update agent's folder, with its store
   */
  public Shares(Path home) throws IOException {
    this.home = home;
    this.folder = DurableFiles.createFolder(home.resolve("shares"));
    DurableFiles.removeLeftovers(folder);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (NAME.matcher(file.getFileName().toString()).matches()) {
          load(file);
        }
      }
    }
  }

  private void load(Path file) throws IOException {
    try {
      if (Files.size(file) > MOST_FILE) {
        throw new IllegalArgumentException("too large");
      }
      ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file));
      int magic = in.getInt();
      if (magic >>> 8 == MAGIC >>> 8 && magic > MAGIC) {
        LOG.log(Level.WARNING, "{0} is of a newer release and is left alone", file);
        return;
      }
      if (magic != MAGIC) {
        throw new IllegalArgumentException("not of the format");
      }
      byte[] sha256 = new byte[32];
      in.get(sha256);
      long length = in.getLong();
      int size = in.getInt();
      byte[] leaves = new byte[in.remaining()];
      in.get(leaves);
      if (length < 1 || size < 1) {
        throw new IllegalArgumentException("no length");
      }
      Bytes root = Bytes.ofHex(file.getFileName().toString());
      Tree tree = new Tree(root, length, size, Bytes.of(leaves));
      Share share = share(tree, HexFormat.of().formatHex(sha256));
      if (share.isWhole()) {
        shares.put(root, share);
        return;
      }
    } catch (IllegalArgumentException | BufferUnderflowException e) {
      LOG.log(Level.WARNING, "{0} is damaged and is thrown away: {1}", file, e.getMessage());
    }
    Files.delete(file);
  }

  /** A payload that is fetched from now on; what an earlier fetch left is taken over. */
  Share begin(Tree tree, String sha256) throws IOException {
    forget();
    if (shares.size() >= MOST) {
      throw new IOException("this box shares " + MOST + " payloads already");
    }
    Share share = share(tree, sha256);
    share.resume();
    shares.put(tree.root(), share);
    return share;
  }

  /** It is whole: known after a restart, too, as long as the store has it. */
  void keep(Share share, String sha256) throws IOException {
    Tree tree = share.tree();
    byte[] leaves = tree.leaves().toArray();
    ByteBuffer out = ByteBuffer.allocate(4 + 32 + 8 + 4 + leaves.length);
    out.putInt(MAGIC).put(HexFormat.of().parseHex(sha256)).putLong(tree.length());
    out.putInt(tree.chunkSize()).put(leaves);
    DurableFiles.write(folder.resolve(tree.root().toString()), out.array());
  }

  /** It will not be fetched on. */
  void end(Share share) {
    shares.remove(share.tree().root(), share);
  }

  /** Lets go of what the store no longer has. */
  private void forget() throws IOException {
    for (var entry : shares.entrySet()) {
      if (!entry.getValue().isThere()) {
        shares.remove(entry.getKey(), entry.getValue());
        Files.deleteIfExists(folder.resolve(entry.getKey().toString()));
      }
    }
  }

  private Share share(Tree tree, String sha256) {
    Path part = home.resolve(BundleStore.incoming(sha256));
    return new Share(tree, part, home.resolve(BundleStore.stored(sha256)));
  }

  @Override
  public Optional<BitSet> held(Bytes root) {
    return Optional.ofNullable(shares.get(root)).filter(Share::isOffered).map(Share::held);
  }

  @Override
  public Optional<byte[]> chunk(Bytes root, int index) {
    Share share = shares.get(root);
    if (share == null) {
      return Optional.empty();
    }
    try {
      return share.chunk(index);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "a payload's chunk can't be read: {0}", e.getMessage());
      return Optional.empty();
    }
  }
}
