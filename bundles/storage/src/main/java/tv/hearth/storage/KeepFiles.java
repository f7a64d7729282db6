package tv.hearth.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.OwnerId;
import tv.hearth.support.text.KeyIds;

/**
 * Until when an owner keeps an object here: a file of 56 bytes each, so that extending the lease of
 * a thousand pieces writes one file, and the index can be made anew. Callers of one object take
 * turns.
 */
final class KeepFiles {
  private static final byte[] MAGIC = "HEARTHKP".getBytes(StandardCharsets.US_ASCII);
  private static final long VERSION = 1;
  private static final int SIZE = 56;

  private final FileLayer files;
  private final Layout layout;

  KeepFiles(FileLayer files, Layout layout) {
    this.files = files;
    this.layout = layout;
  }

  /** The end of the lease; 0 where none is kept. */
  long read(ObjectId object, OwnerId owner) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(SIZE);
    try (FileLayer.Opened file = files.open(layout.keep(object, owner), false)) {
      while (bytes.hasRemaining() && file.read(bytes, bytes.position()) > 0) {
        continue;
      }
    } catch (NoSuchFileException none) {
      return 0;
    }
    long lease = bytes.getLong(16);
    // A broken one must not lose pieces: whoever kept the object once may still want it.
    return Arrays.equals(bytes.array(), encode(object, owner, lease)) ? lease : Leases.FOREVER;
  }

  /** Extends, durably; an earlier end has no effect. */
  void extend(ObjectId object, OwnerId owner, long lease) throws IOException {
    if (lease <= read(object, owner)) {
      return;
    }
    Path file = layout.keep(object, owner);
    Path temp = file.resolveSibling(file.getFileName() + ".tmp");
    files.createFolder(file.getParent());
    try (FileLayer.Opened out = files.create(temp)) {
      out.write(ByteBuffer.wrap(encode(object, owner, lease)), 0);
      out.force();
    }
    files.move(temp, file);
    files.syncFolder(file.getParent());
  }

  /** Forgets; none: no effect. */
  void forget(ObjectId object, OwnerId owner) throws IOException {
    files.delete(layout.keep(object, owner));
  }

  /** Magic, version, end; SHA-256 over those and the names, so that a swapped file shows. */
  private static byte[] encode(ObjectId object, OwnerId owner, long lease) {
    ByteBuffer head = ByteBuffer.allocate(24).put(MAGIC).putLong(VERSION).putLong(lease);
    byte[] names = (object.text() + owner.text()).getBytes(StandardCharsets.US_ASCII);
    ByteBuffer summed = ByteBuffer.allocate(24 + names.length).put(head.array()).put(names);
    byte[] sum = KeyIds.sha256(summed.array());
    return ByteBuffer.allocate(SIZE).put(head.array()).put(sum).array();
  }
}
