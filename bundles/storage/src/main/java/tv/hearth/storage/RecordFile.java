package tv.hearth.storage;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;

/**
 * The records' database. Where it is broken beyond reading it is set aside whole and begun anew:
 * each record is on other boxes too, who bring it back. One that a newer release wrote is used as
 * far as {@link RecordSchema} allows: after a release is taken back its box serves what it holds.
 * Thread-safe.
 */
final class RecordFile implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(RecordFile.class.getName());

  private final Database database;
  private final boolean lost;
  private final boolean readOnly;
  private final String trouble;

  private RecordFile(Database database, boolean lost, boolean readOnly, String trouble) {
    this.database = database;
    this.lost = lost;
    this.readOnly = readOnly;
    this.trouble = trouble;
  }

  /** Opens or creates it; {@code doubt}: checks it through first. */
  static RecordFile open(Path path, boolean doubt) throws SQLException, IOException {
    try {
      RecordFile found = opened(path, doubt);
      if (found != null) {
        return found;
      }
    } catch (SQLException e) {
      if (!DiskErrors.isCorrupt(e)) {
        throw e;
      }
    }
    setAside(path, "damaged", "are broken");
    return anew(path, "");
  }

  <T> T read(Database.Work<T> work) throws SQLException {
    return database.read(work);
  }

  /** As the database's; {@link NewerException} where a newer release's tables are only read. */
  <T> T write(Database.Work<T> work) throws SQLException {
    if (readOnly) {
      throw new NewerException(trouble);
    }
    return database.write(work);
  }

  /** True where the records of before were lost at this start. */
  boolean isLost() {
    return lost;
  }

  /** What a newer release's tables keep this one from; empty where nothing. */
  String trouble() {
    return trouble;
  }

  @Override
  public void close() throws SQLException {
    database.close();
  }

  /** Null where it is unsound. */
  private static RecordFile opened(Path path, boolean doubt) throws SQLException, IOException {
    Database database = Database.open(path);
    RecordFile found = null;
    boolean foreign = false;
    try {
      RecordSchema.Use use = RecordSchema.use(database);
      foreign = use == RecordSchema.Use.NONE;
      if (use == RecordSchema.Use.NEW) {
        database.write(RecordSchema::create);
        found = new RecordFile(database, false, false, "");
      } else if (!foreign && (!doubt || database.isSound())) {
        boolean whole = use == RecordSchema.Use.WHOLE;
        found = new RecordFile(database, false, !whole, trouble(path, database, whole));
      }
    } finally {
      if (found == null) {
        database.close();
      }
    }
    if (foreign) {
      setAside(path, "newer", "are in tables of a newer release");
      return anew(
          path,
          "a newer release's records.db can't be read by this one and lies beside as"
              + " records.db.newer; neighbours bring the records back");
    }
    return found;
  }

  private static String trouble(Path path, Database database, boolean whole) throws SQLException {
    int version = database.version();
    String found = "is of schema " + version + ", this release makes " + RecordSchema.VERSION;
    if (version > RecordSchema.VERSION && whole) {
      LOG.log(Level.INFO, "{0} {1}, and can use it", path, found);
    }
    return whole
        ? ""
        : "records.db "
            + found
            + " and may only read it: records are served, none is taken;"
            + " install a release that knows it";
  }

  private static RecordFile anew(Path path, String trouble) throws SQLException {
    Database database = Database.open(path);
    boolean made = false;
    try {
      database.write(RecordSchema::create);
      made = true;
    } finally {
      if (!made) {
        database.close();
      }
    }
    return new RecordFile(database, true, false, trouble);
  }

  private static void setAside(Path path, String why, String words) throws IOException {
    Path aside = path.resolveSibling(path.getFileName() + "." + why);
    LOG.log(Level.ERROR, "The records in " + path + " " + words + ": set aside as " + aside);
    Files.move(path, aside, StandardCopyOption.REPLACE_EXISTING);
    for (String end : new String[] {"-wal", "-shm"}) {
      Files.deleteIfExists(path.resolveSibling(path.getFileName() + end));
    }
  }

  /** A newer release's tables, which this one does not write to. */
  static final class NewerException extends SQLException {
    private static final long serialVersionUID = 1L;

    private NewerException(String why) {
      super(why);
    }
  }
}
