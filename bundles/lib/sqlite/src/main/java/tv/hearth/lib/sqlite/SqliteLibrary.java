package tv.hearth.lib.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.sqlite.JDBC;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * SQLite's native library: the bundle's own, which the framework unpacks into its cache, or a file
 * of the firmware, where that cache may not hold programs (a data partition mounted noexec) or the
 * bundle brings none for this processor or C library. A JVM loads it once. Thread-safe.
 */
public final class SqliteLibrary {
  /** The framework property that names the firmware's file. */
  public static final String PROPERTY = "hearth.sqlite.library";

  private static final String NAME = "sqlitejdbc";
  private static final String FILE = "lib" + NAME + ".so";
  private static final String INTO_FIRMWARE =
      " into the firmware, name it in the framework property "
          + PROPERTY
          + " and restart the framework";

  private SqliteLibrary() {}

  /**
   * Loads it; does nothing where that is done. It may be called again and again: a failure costs
   * little and leaves nothing behind.
   *
   * @param file the firmware's file; null or empty: the bundle's own
   * @throws IOException where there is none that can be loaded, or not the one for this bundle; the
   *     message names what is missing and the remedy
   */
  public static synchronized void load(String file) throws IOException {
    if (file == null || file.isBlank()) {
      loadOwn();
    } else {
      loadGiven(Path.of(file.strip()));
    }
  }

  private static void loadOwn() throws IOException {
    try {
      if (!isOnClassPath()) {
        require(Platform.here());
        // Before the driver does: it logs an error with a stack trace at each failure.
        System.loadLibrary(NAME);
      }
      SQLiteJDBCLoader.initialize();
    } catch (UnsatisfiedLinkError e) {
      throw missing(e);
    } catch (IOException e) {
      throw e;
    } catch (Exception e) { // the driver declares no narrower one
      throw missing(e);
    }
  }

  /** Whether the driver finds its library beside its classes, as where there is no framework. */
  private static boolean isOnClassPath() {
    return LibraryLoaderUtil.hasNativeLib(
        LibraryLoaderUtil.getNativeLibResourcePath(), LibraryLoaderUtil.getNativeLibName());
  }

  private static IOException missing(Throwable cause) throws IOException {
    return new IOException(
        "SQLite's native library for "
            + Platform.here().words()
            + " can't be loaded: "
            + cause.getMessage()
            + ". Where the framework's cache is mounted noexec, put "
            + FILE
            + " of sqlite-jdbc "
            + wanted()
            + INTO_FIRMWARE,
        cause);
  }

  /** Refuses where the bundle brings no library for it. */
  static void require(Platform platform) throws IOException {
    if (!platform.isOurs()) {
      throw new IOException(
          "SQLite's native library "
              + FILE
              + " is missing: the bundle has none for "
              + platform.words()
              + ", only for armv7 (hard float), aarch64 and x86-64, for glibc. Build that of"
              + " sqlite-jdbc "
              + wanted()
              + " for it, put it"
              + INTO_FIRMWARE);
    }
  }

  private static void loadGiven(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw new IOException(PROPERTY + " names " + file + ", which can't be read");
    }
    try {
      System.load(file.toAbsolutePath().toString());
      // The driver would look for its own otherwise, and fail by that.
      Field done = SQLiteJDBCLoader.class.getDeclaredField("extracted");
      done.setAccessible(true);
      done.setBoolean(null, true);
    } catch (UnsatisfiedLinkError | ReflectiveOperationException e) {
      throw new IOException(
          PROPERTY
              + " names "
              + file
              + ", which can't be loaded: "
              + e.getMessage()
              + ". It must be the one for this processor and C library, on a mount that may hold"
              + " programs; where an earlier bundle of SQLite in this JVM has it, restart the JVM",
          e);
    }
    String wanted = wanted();
    String version = version(file);
    if (!wanted.startsWith(version + ".") && !wanted.equals(version)) {
      throw new IOException(
          PROPERTY
              + " names "
              + file
              + ", which is SQLite "
              + version
              + "; take that of sqlite-jdbc "
              + wanted);
    }
  }

  /** The driver looks for its own version where a bundle does not keep it. */
  private static String wanted() throws IOException {
    Properties about = new Properties();
    try (InputStream in = SqliteLibrary.class.getResourceAsStream("/sqlite-jdbc.properties")) {
      about.load(in);
    }
    return about.getProperty("version");
  }

  private static String version(Path file) throws IOException {
    try (Connection memory = new JDBC().connect("jdbc:sqlite::memory:", new Properties());
        Statement statement = memory.createStatement();
        ResultSet row = statement.executeQuery("SELECT sqlite_version()")) {
      row.next();
      return row.getString(1);
    } catch (SQLException | UnsatisfiedLinkError e) {
      throw new IOException(
          PROPERTY + " names " + file + ", which is not SQLite's for Java: " + e.getMessage(), e);
    }
  }
}
