package tv.hearth.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HexFormat;
import tv.hearth.api.pieces.PieceStore;
import tv.hearth.api.pieces.RecordStore;
import tv.hearth.api.pieces.StoreException;
import tv.hearth.api.value.Bytes;

/**
 * Pieces and records in one folder. Owns its files, databases and lock until closed; starts no
 * thread. Thread-safe.
 */
public final class Storage implements AutoCloseable {
  private static final int OPEN_FILES = 48;
  private static final long DRAIN_MILLIS = 150;
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  private final Closer closer = new Closer();
  private final Gate gate = new Gate();
  private final Counters counters = new Counters();
  private final FileLayer files;
  private final Layout layout;
  private final StorageSettings settings;
  private final CleanMark cleanMark;
  private final RecordFile recordFile;
  private final DiskRecordStore records;
  private final Quarantine quarantine;
  private final IndexFile indexFile;
  private final Room room;
  private final DiskPieceStore pieces;
  private final Sweep sweep;
  private volatile String diskTrouble = "";

  /** Opens a folder on the disk; creates it where it is not there. */
  public static Storage open(StorageSettings settings) throws StoreException {
    return open(settings, new DiskLayer(), bootId());
  }

  /** As above, with another file layer and another name for the machine's start. */
  static Storage open(StorageSettings settings, FileLayer files, Bytes boot) throws StoreException {
    String doing = "opening storage in " + settings.folder();
    try {
      return new Storage(settings, files, boot);
    } catch (IOException e) {
      throw DiskErrors.of(doing, e, files, settings.folder());
    } catch (SQLException e) {
      throw DiskErrors.of(doing, e);
    }
  }

  private Storage(StorageSettings settings, FileLayer files, Bytes boot)
      throws IOException, SQLException, StoreException {
    this.settings = settings;
    this.files = files;
    this.layout = new Layout(settings.folder());
    boolean opened = false;
    try {
      Folders.create(files, layout);
      closer.add(FolderLock.of(layout.lock())::close);
      this.cleanMark = new CleanMark(files, layout.clean());
      boolean doubt = !cleanMark.take();
      this.recordFile = RecordFile.open(layout.records(), doubt);
      closer.add(recordFile::close);
      this.records = new DiskRecordStore(recordFile, gate, recordLimits());
      this.quarantine = new Quarantine(files, layout.damaged(), settings.clock());
      quarantine.open();
      KeepFiles keeps = new KeepFiles(files, layout);
      Rebuilder rebuilder = new Rebuilder(files, layout, keeps, quarantine);
      this.indexFile = new IndexFile(layout.index(), rebuilder);
      closer.add(indexFile::close);
      indexFile.open(doubt);
      PieceIndex index = new PieceIndex(indexFile);
      this.room = newRoom();
      room.load(index.holdings());
      OpenFiles open = new OpenFiles(OPEN_FILES);
      closer.add(open::close);
      Incoming incoming = new Incoming(files, layout, open, room, settings.clock());
      new Recovery(files, layout, incoming, boot).run();
      Committed committed = new Committed(files, layout, open, index, room, quarantine);
      this.pieces =
          new DiskPieceStore(
              new DiskPieceStore.Parts(
                  files,
                  layout,
                  gate,
                  index,
                  incoming,
                  committed,
                  keeps,
                  room,
                  boot,
                  settings.clock(),
                  counters));
      pieces.finishDeletes();
      this.sweep = new Sweep(pieces, files, layout, index, committed, rebuilder);
      sweep.setDue(); // files can be lost over an orderly stop as well
      committed.onMissing(sweep::setDue);
      opened = true;
    } finally {
      if (!opened) {
        closeQuietly();
      }
    }
  }

  /** The pieces. */
  public PieceStore pieces() {
    return pieces;
  }

  /** The records. */
  public RecordStore records() {
    return records;
  }

  /** The pieces, with what upkeep needs. */
  DiskPieceStore store() {
    return pieces;
  }

  Sweep sweep() {
    return sweep;
  }

  Counters counters() {
    return counters;
  }

  Room room() {
    return room;
  }

  DiskRecordStore recordStore() {
    return records;
  }

  Quarantine quarantine() {
    return quarantine;
  }

  /** How often the index was made from the files since the start. */
  long rebuilt() {
    return indexFile.rebuilt();
  }

  /** Why there is no index now; empty where there is one. */
  String indexTrouble() {
    return indexFile.trouble();
  }

  /** What the last look at the disk found wrong; empty where all is well. */
  String diskTrouble() {
    return diskTrouble;
  }

  /** Looks whether the disk can be written and has room; blocks on it. */
  void lookAtDisk() {
    diskTrouble = new DiskProbe(files, layout, settings.keepFree()).look();
    if (diskTrouble.isEmpty()) {
      counters.writable();
    }
  }

  /** True where the records were broken at the start and begun anew. */
  boolean isRecordsLost() {
    return recordFile.isLost();
  }

  /** What records of a newer release keep this one from; empty where nothing. */
  String recordsTrouble() {
    return recordFile.trouble();
  }

  long free() throws IOException {
    return files.free(layout.root());
  }

  /** True once closing has begun. */
  boolean isClosed() {
    return gate.isClosed();
  }

  /** Waits up to 150 ms for calls under way, then closes what they use. Again: no effect. */
  @Override
  public void close() throws StoreException {
    if (gate.isClosed()) {
      return;
    }
    gate.close(DRAIN_MILLIS);
    try {
      closer.close();
      cleanMark.set();
    } catch (IOException e) {
      throw DiskErrors.of("closing storage in " + layout.root(), e, files, layout.root());
    } catch (SQLException e) {
      throw DiskErrors.of("closing storage in " + layout.root(), e);
    }
  }

  private Room newRoom() {
    return new Room(
        () -> settings.limits().get().diskBytes(),
        settings.shares(),
        settings.keepFree(),
        () -> records.held().bytes() + quarantine.bytes(),
        new Accounts(layout.accounts(), settings.shares()));
  }

  private DiskRecordStore.Limits recordLimits() {
    return new DiskRecordStore.Limits(
        () -> (long) (settings.limits().get().diskBytes() * settings.recordShare()),
        settings.subjectRecords(),
        settings.subjectBytes(),
        settings.shares());
  }

  private void closeQuietly() {
    try {
      closer.close();
    } catch (IOException | SQLException | RuntimeException e) {
      System.getLogger(Storage.class.getName())
          .log(System.Logger.Level.WARNING, "Closing after a failed start", e);
    }
  }

  /** Zeros where the system tells none: then no unfinished piece outlives a restart. */
  private static Bytes bootId() {
    try {
      String text = Files.readString(BOOT_ID).strip().replace("-", "");
      return Bytes.of(HexFormat.of().parseHex(text));
    } catch (IOException | IllegalArgumentException e) {
      return PieceHeader.NO_BOOT;
    }
  }
}
