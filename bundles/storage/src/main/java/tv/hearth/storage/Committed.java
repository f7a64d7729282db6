package tv.hearth.storage;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import tv.hearth.api.pieces.PieceInfo;
import tv.hearth.api.pieces.StoreException;
import tv.hearth.api.pieces.StoreException.Problem;
import tv.hearth.api.value.PieceId;

/**
 * Reading what is committed, and setting aside what turns out damaged. Calls for one piece come one
 * at a time. Where index and file disagree, the file is right: it carries check sums.
 */
final class Committed {
  private static final System.Logger LOG = System.getLogger(Committed.class.getName());

  private final FileLayer files;
  private final Layout layout;
  private final OpenFiles open;
  private final PieceIndex index;
  private final Room room;
  private final Quarantine quarantine;

  Committed(
      FileLayer files,
      Layout layout,
      OpenFiles open,
      PieceIndex index,
      Room room,
      Quarantine quarantine) {
    this.files = files;
    this.layout = layout;
    this.open = open;
    this.index = index;
    this.room = room;
    this.quarantine = quarantine;
  }

  int read(PieceId piece, int firstUnit, int count, ByteBuffer into)
      throws StoreException, IOException, SQLException {
    int before = into.position();
    int got = -1;
    try {
      got = use(piece, whole -> whole.read(firstUnit, count, into));
    } finally {
      if (got < 0) {
        into.position(before);
      }
    }
    if (got < 0) {
      throw new StoreException(
          Problem.NOT_FOUND, "piece " + piece + " ends before its unit " + firstUnit);
    }
    return got;
  }

  byte[] hashes(PieceId piece) throws StoreException, IOException, SQLException {
    return use(piece, WholePiece::hashes);
  }

  /** Notes the new piece; nobody sees it before. */
  void add(PieceInfo info, long checked) throws SQLException {
    index.add(info, checked);
    room.added(info.owner(), PieceHeader.footprint(info.length(), info.unit()));
  }

  /** Deletes the file of a piece that is marked leaving. */
  void deleteFile(PieceInfo info) throws IOException {
    open.forget(layout.piece(info.piece()));
    files.delete(layout.piece(info.piece()));
  }

  /** Sets the piece aside and says so. */
  StoreException damaged(PieceId piece, String why) {
    StoreException problem =
        new StoreException(
            Problem.DAMAGED,
            "piece " + piece + " is damaged: " + why + "; it was set aside, fetch it elsewhere");
    try {
      Path path = layout.piece(piece);
      open.forget(path);
      quarantine.take(path, why);
      Optional<PieceInfo> row = index.find(piece);
      index.remove(piece);
      row.ifPresent(
          info -> room.removed(info.owner(), PieceHeader.footprint(info.length(), info.unit())));
    } catch (IOException | SQLException e) {
      problem.addSuppressed(e);
      LOG.log(Level.WARNING, "Can't set damaged piece " + piece + " aside", e);
    }
    return problem;
  }

  private interface Use<T> {
    T of(WholePiece whole) throws IOException, DamagedException;
  }

  private <T> T use(PieceId piece, Use<T> use) throws StoreException, IOException, SQLException {
    Path path = layout.piece(piece);
    try {
      WholePiece whole = open.take(path, WholePiece.class, () -> openChecked(piece));
      boolean good = false;
      try {
        T result = use.of(whole);
        good = true;
        return result;
      } finally {
        if (good) {
          open.give(path, whole);
        } else {
          open.discard(whole);
        }
      }
    } catch (DamagedException e) {
      throw damaged(piece, e.getMessage());
    }
  }

  private WholePiece openChecked(PieceId piece)
      throws StoreException, IOException, SQLException, DamagedException {
    PieceInfo row =
        index
            .find(piece)
            .orElseThrow(
                () -> new StoreException(Problem.NOT_FOUND, "no piece " + piece + " is here"));
    try {
      WholePiece whole = WholePiece.open(files.open(layout.piece(piece), false), piece);
      boolean good = false;
      try {
        mend(row, whole.info());
        good = true;
        return whole;
      } finally {
        if (!good) {
          whole.close();
        }
      }
    } catch (NoSuchFileException e) {
      throw new DamagedException("its file is gone");
    }
  }

  private void mend(PieceInfo row, PieceInfo file) throws SQLException {
    PieceInfo right =
        new PieceInfo(
            file.piece(), file.owner(), file.length(), file.unit(), file.root(), row.keepUntil());
    if (!row.equals(right)) {
      LOG.log(Level.WARNING, "The index was wrong about piece " + row.piece() + ": mended");
      room.removed(row.owner(), PieceHeader.footprint(row.length(), row.unit()));
      add(right, 0);
    }
  }
}
