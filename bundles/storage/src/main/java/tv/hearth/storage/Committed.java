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
  /** Why a piece is damaged whose file is not there. */
  static final String GONE = "its file is gone";

  private static final System.Logger LOG = System.getLogger(Committed.class.getName());

  private final FileLayer files;
  private final Layout layout;
  private final OpenFiles open;
  private final PieceIndex index;
  private final Room room;
  private final Quarantine quarantine;
  private volatile Runnable missing = () -> {};

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

  /** Runs {@code action}, which must be quick, whenever a piece's file is found missing. */
  void onMissing(Runnable action) {
    missing = action;
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

  /** A piece's info, if its file is there: a row alone keeps no promise. Under its lock. */
  Optional<PieceInfo> find(PieceId piece) throws SQLException, IOException {
    Optional<PieceInfo> row = index.find(piece);
    if (row.isPresent() && files.size(layout.piece(piece)) < 0) {
      StoreException gone = damaged(piece, GONE);
      LOG.log(Level.DEBUG, gone.getMessage());
      return Optional.empty();
    }
    return row;
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
      if (why.equals(GONE)) {
        missing.run(); // others may be gone too: the whole store is looked through
      }
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
      throw new DamagedException(GONE);
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
