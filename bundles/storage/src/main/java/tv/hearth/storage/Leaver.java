package tv.hearth.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import tv.hearth.api.pieces.PieceInfo;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.OwnerId;

/**
 * Deletes pieces whose rows are marked leaving: files, fsync of their folders, rows. In this order
 * a crash anywhere leaves a mark, and the next start goes on.
 */
final class Leaver {
  private static final int AT_ONCE = 500;

  private final DiskPieceStore.Parts parts;
  private final Stripes locks;

  Leaver(DiskPieceStore.Parts parts, Stripes locks) {
    this.parts = parts;
    this.locks = locks;
  }

  /** Deletes one object's alone, beside whoever deletes others'. */
  void run(ObjectId object, OwnerId owner) throws IOException, SQLException {
    List<PieceInfo> some = parts.index().leaving(object, owner, AT_ONCE);
    while (!some.isEmpty()) {
      delete(some);
      some = parts.index().leaving(object, owner, AT_ONCE);
    }
  }

  /** One caller at a time; returns when nothing is marked. */
  synchronized void run() throws IOException, SQLException {
    List<PieceInfo> some = parts.index().leaving(AT_ONCE);
    while (!some.isEmpty()) {
      delete(some);
      some = parts.index().leaving(AT_ONCE);
    }
  }

  private void delete(List<PieceInfo> pieces) throws IOException, SQLException {
    Set<Path> folders = new LinkedHashSet<>();
    for (PieceInfo info : pieces) {
      ReentrantLock lock = locks.of(info.piece());
      lock.lock();
      try {
        parts.committed().deleteFile(info);
      } finally {
        lock.unlock();
      }
      folders.add(parts.layout().piece(info.piece()).getParent());
    }
    for (Path folder : folders) {
      parts.files().createFolder(folder);
      parts.files().syncFolder(folder);
    }
    for (PieceInfo info : parts.index().gone(pieces)) {
      parts.room().removed(info.owner(), PieceHeader.footprint(info.length(), info.unit()));
    }
  }
}
