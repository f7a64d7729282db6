package tv.hearth.storage;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tv.hearth.api.pieces.PieceInfo;
import tv.hearth.api.pieces.StoreException;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.PieceId;

/**
 * Compares names of files with the index, a shard at a time, after each start and whenever a
 * piece's file is found missing: a file without a row is taken in (a commit was cut off between
 * rename and index), a row without a file is reported as damaged. Lists folders and reads no piece.
 * For one thread.
 */
final class Sweep {
  private static final System.Logger LOG = System.getLogger(Sweep.class.getName());
  private static final int AT_ONCE = 1000;

  private final DiskPieceStore store;
  private final FileLayer files;
  private final Layout layout;
  private final PieceIndex index;
  private final Committed committed;
  private final Rebuilder rebuilder;
  private volatile boolean due;
  private int next = Layout.SHARDS;

  Sweep(
      DiskPieceStore store,
      FileLayer files,
      Layout layout,
      PieceIndex index,
      Committed committed,
      Rebuilder rebuilder) {
    this.store = store;
    this.files = files;
    this.layout = layout;
    this.index = index;
    this.committed = committed;
    this.rebuilder = rebuilder;
  }

  /** To be done again from the beginning, unless it is under way. From any thread. */
  void setDue() {
    due = true;
  }

  /** Does one shard; false where all are done. */
  boolean step() throws StoreException {
    if (next >= Layout.SHARDS) {
      if (!due) {
        return false;
      }
      due = false;
      next = 0;
    }
    int shard = next++;
    Set<PieceId> named = store.unlocked("listing shard " + shard, () -> names(shard));
    PieceId after = before(shard);
    for (var rows = store.list(after, AT_ONCE);
        !rows.isEmpty();
        rows = store.list(after, AT_ONCE)) {
      for (PieceInfo row : rows) {
        if (shardOf(row.piece()) != shard) {
          adopt(named);
          return true;
        }
        if (!named.remove(row.piece())) {
          missing(row.piece());
        }
        after = row.piece();
      }
    }
    adopt(named);
    return true;
  }

  private Set<PieceId> names(int shard) throws IOException {
    Set<PieceId> named = new HashSet<>();
    files.names(layout.shard(shard), name -> Layout.parse(name).ifPresent(named::add));
    return named;
  }

  private void adopt(Set<PieceId> orphans) throws StoreException {
    for (PieceId piece : orphans) {
      store.locked("taking in " + piece, piece, () -> adopt(piece));
    }
  }

  private Void adopt(PieceId piece) throws IOException, SQLException {
    Path file = layout.piece(piece);
    boolean known = index.find(piece).isPresent() || index.isLeaving(piece);
    if (known || files.size(file) < 0 || store.isMoving(piece)) {
      return null;
    }
    Optional<PieceInfo> info = rebuilder.adopt(file);
    if (info.isPresent()) {
      LOG.log(Level.INFO, "Took in a piece that the index did not have: " + piece);
      committed.add(info.get(), 0);
    }
    return null;
  }

  private void missing(PieceId piece) throws StoreException {
    store.locked(
        "looking for the file of " + piece,
        piece,
        () -> {
          if (index.find(piece).isPresent() && files.size(layout.piece(piece)) < 0) {
            committed.damaged(piece, Committed.GONE);
          }
          return null;
        });
  }

  /** A piece before all of that shard's; null for the first shard. */
  private static PieceId before(int shard) {
    if (shard == 0) {
      return null;
    }
    String prefix = String.format(Locale.ROOT, "%02x", shard - 1);
    return new PieceId(new ObjectId(prefix + "f".repeat(30)), (1 << 24) - 1, 254);
  }

  private static int shardOf(PieceId piece) {
    return Integer.parseInt(piece.object().text().substring(0, 2), 16);
  }
}
