package tv.hearth.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import tv.hearth.api.pieces.StoreException;
import tv.hearth.api.pieces.StoreException.Problem;
import tv.hearth.api.value.PieceId;

/**
 * Reservations and the unfinished files under them. Calls for one piece come one at a time; its
 * steps to the final place are: unit hashes and header, fsync, rename, fsync of the folder.
 */
final class Incoming {
  private static final int MOST = 1024;

  /** Most of one owner that has a share alone, so that nobody fills a neighbour by tiny pieces. */
  private static final int MOST_OWN = MOST / 8;

  private final FileLayer files;
  private final Layout layout;
  private final OpenFiles open;
  private final Room room;
  private final InstantSource clock;
  private final Map<PieceId, Reservation> reservations = new ConcurrentHashMap<>();

  Incoming(FileLayer files, Layout layout, OpenFiles open, Room room, InstantSource clock) {
    this.files = files;
    this.layout = layout;
    this.open = open;
    this.room = room;
    this.clock = clock;
  }

  Optional<Reservation> find(PieceId piece) {
    return Optional.ofNullable(reservations.get(piece));
  }

  /** The pieces whose reservations satisfy {@code which}. */
  List<PieceId> where(Predicate<PieceHeader> which) {
    List<PieceId> found = new ArrayList<>();
    reservations.values().stream()
        .filter(reservation -> which.test(reservation.header()))
        .forEach(reservation -> found.add(reservation.header().piece()));
    return found;
  }

  /** The pieces whose owners were not heard of since {@code before}. */
  List<PieceId> idleSince(long before) {
    return reservations.values().stream()
        .filter(reservation -> reservation.touched() < before)
        .map(reservation -> reservation.header().piece())
        .toList();
  }

  /** Promises room and starts the file; there must be no reservation of that piece. */
  void start(PieceHeader header) throws StoreException, IOException {
    if (reservations.size() >= MOST) {
      throw new StoreException(
          Problem.QUOTA, MOST + " pieces are being written here already; come back later");
    }
    if (room.isShared(header.owner()) && ofAccount(header) >= MOST_OWN) {
      throw new StoreException(
          Problem.QUOTA,
          "owner " + header.owner() + " is writing " + MOST_OWN + " pieces here; end some first");
    }
    room.reserve(header.owner(), header.footprint(), files.free(layout.root()));
    boolean started = false;
    try {
      create(header);
      reservations.put(header.piece(), new Reservation(header, 0, clock.millis()));
      started = true;
    } finally {
      if (!started) {
        room.release(header.owner(), header.footprint(), 0);
      }
    }
  }

  /** A reservation of before a restart. */
  void resume(PieceHeader header, long written, long touched) {
    room.restore(header.owner(), header.footprint(), written);
    long now = clock.millis();
    long heard = touched <= 0 ? now : Math.min(now, touched);
    reservations.put(header.piece(), new Reservation(header, written, heard));
  }

  /** A new file with nothing but the header, in place of any other. */
  void create(PieceHeader header) throws IOException {
    try (PartFile part = new PartFile(files.create(layout.part(header.piece())), header)) {
      part.begin();
    }
  }

  /** Returns how much is written. */
  long write(Reservation reservation, long at, ByteBuffer bytes)
      throws StoreException, IOException, SQLException {
    PieceHeader header = reservation.header();
    reservation.touch(clock.millis());
    long end = at + bytes.remaining();
    if (at < 0 || at > reservation.written()) {
      throw conflict(reservation, "bytes from " + at + " on would leave a gap");
    }
    if (end > header.length()) {
      throw conflict(reservation, "bytes up to " + end + " go beyond its end");
    }
    Path path = layout.part(header.piece());
    if (!bytes.hasRemaining()) {
      return reservation.written();
    }
    if (reservation.moved() != null) {
      files.move(layout.piece(header.piece()), path); // a commit failed half-way: back to writing
      reservation.setMoved(null);
    }
    PartFile part = take(reservation);
    boolean good = false;
    try {
      part.write(at, bytes);
      good = true;
    } finally {
      putBack(path, part, good);
    }
    long more = Math.max(0, end - reservation.written());
    room.wrote(more);
    reservation.setWritten(reservation.written() + more);
    return reservation.written();
  }

  /** Brings a wholly written piece to its final place, durably; again: as far as was missing. */
  PieceHeader finish(Reservation reservation) throws StoreException, IOException, SQLException {
    PieceHeader header = reservation.header();
    if (reservation.written() < header.length()) {
      throw conflict(reservation, "it can't be committed yet");
    }
    Path target = layout.piece(header.piece());
    if (reservation.moved() == null) {
      PieceHeader finished = seal(reservation);
      files.createFolder(target.getParent());
      files.move(layout.part(header.piece()), target);
      reservation.setMoved(finished);
    }
    files.syncFolder(target.getParent());
    return reservation.moved();
  }

  /** The piece is in the index: the promise is kept. */
  void done(Reservation reservation) {
    end(reservation);
  }

  /** Drops a reservation and its file. */
  void drop(Reservation reservation) throws IOException {
    PieceId piece = reservation.header().piece();
    open.forget(layout.part(piece));
    files.delete(layout.part(piece));
    if (reservation.moved() != null) {
      files.delete(layout.piece(piece));
    }
    end(reservation);
  }

  private long ofAccount(PieceHeader header) {
    return reservations.values().stream()
        .filter(other -> room.isSameAccount(other.header().owner(), header.owner()))
        .count();
  }

  private PieceHeader seal(Reservation reservation)
      throws StoreException, IOException, SQLException {
    PartFile part = take(reservation);
    try {
      PieceHeader finished = part.finish();
      try {
        part.force();
      } catch (IOException e) {
        startOver(reservation, e);
        throw e;
      }
      return finished;
    } finally {
      open.discard(part);
    }
  }

  /** After a failed fsync nobody knows what is on the disk, and a second one may lie. */
  private void startOver(Reservation reservation, IOException cause) {
    room.wrote(-reservation.written());
    reservation.setWritten(0);
    try {
      create(reservation.header());
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private PartFile take(Reservation reservation) throws StoreException, IOException, SQLException {
    PieceHeader header = reservation.header();
    Path path = layout.part(header.piece());
    try {
      return open.take(path, PartFile.class, () -> new PartFile(files.open(path, true), header));
    } catch (NoSuchFileException e) {
      end(reservation);
      throw new StoreException(
          Problem.NOT_FOUND, "the file of " + header.piece() + " is gone; reserve it again", e);
    } catch (DamagedException e) {
      throw new IllegalStateException("opening an unfinished file checks nothing", e);
    }
  }

  private void putBack(Path path, PartFile part, boolean good) throws IOException {
    if (good) {
      open.give(path, part);
    } else {
      open.discard(part);
    }
  }

  private void end(Reservation reservation) {
    PieceHeader header = reservation.header();
    if (reservations.remove(header.piece(), reservation)) {
      room.release(header.owner(), header.footprint(), reservation.written());
    }
  }

  private static StoreException conflict(Reservation reservation, String what) {
    PieceHeader header = reservation.header();
    return new StoreException(
        Problem.CONFLICT,
        "piece "
            + header.piece()
            + " is written up to "
            + reservation.written()
            + " of "
            + header.length()
            + " bytes: "
            + what);
  }
}
