package tv.hearth.update.payload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.Optional;

/**
 * A payload that is here, whole or in parts: written chunk by chunk where it is being fetched, read
 * and verified again for each neighbour. Thread-safe; opens and closes its file at each use.
 */
final class Share {
  private final Tree tree;
  private final Path part;
  private final Path whole;
  private final BitSet held = new BitSet();

  /**
   * Over two files.
   *
   * @param part grows while it is fetched
   * @param whole where it is renamed to
   */
  Share(Tree tree, Path part, Path whole) {
    this.tree = tree;
    this.part = part;
    this.whole = whole;
    if (Files.exists(whole)) {
      held.set(0, tree.chunks());
    }
  }

  Tree tree() {
    return tree;
  }

  /** False where the store has let go of it since it was whole. */
  boolean isOffered() {
    return !isWhole() || isThere();
  }

  /** Whether one of its files is there. */
  boolean isThere() {
    return Files.exists(part) || Files.exists(whole);
  }

  /** Chunks that are here. */
  synchronized BitSet held() {
    return (BitSet) held.clone();
  }

  synchronized boolean isWhole() {
    return held.cardinality() == tree.chunks();
  }

  /** Looks which chunks of a fetch that was cut short are good. */
  void resume() throws IOException {
    for (int index = 0; index < tree.chunks(); index++) {
      if (read(part, index).isPresent()) {
        mark(index);
      }
    }
  }

  /** Keeps a chunk that was verified. */
  void write(int index, byte[] chunk) throws IOException {
    try (FileChannel channel =
        FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(chunk);
      while (bytes.hasRemaining()) {
        channel.write(bytes, tree.offset(index) + bytes.position());
      }
    }
    mark(index);
  }

  private synchronized void mark(int index) {
    held.set(index);
  }

  /** A chunk, verified; empty where it is not here or no longer what it was. */
  Optional<byte[]> chunk(int index) throws IOException {
    boolean isHere;
    synchronized (this) {
      isHere = index < tree.chunks() && held.get(index);
    }
    if (!isHere) {
      return Optional.empty();
    }
    Optional<byte[]> found = read(whole, index);
    return found.isPresent() ? found : read(part, index);
  }

  private Optional<byte[]> read(Path file, int index) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(tree.length(index));
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      int got = 0;
      while (buffer.hasRemaining() && got >= 0) {
        got = channel.read(buffer, tree.offset(index) + buffer.position());
      }
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    boolean isGood = !buffer.hasRemaining() && tree.isChunk(index, buffer.array());
    return isGood ? Optional.of(buffer.array()) : Optional.empty();
  }
}
