package tv.hearth.headend.campaign.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Properties;
import org.sqlite.JDBC;
import tv.hearth.support.sql.BeforeWrite;
import tv.hearth.support.sql.Schema;
import tv.hearth.support.sql.SqlFile;

/** The campaigns' file. Thread-safe. */
public final class Database extends SqlFile {
  private static final String READ_ONLY = "1";

  /** Opens or creates a file and brings its schema up to date. */
  public Database(Path file) {
    this(file, BeforeWrite.NOTHING);
  }

  /** As above; a test ends the run before a write. */
  Database(Path file, BeforeWrite beforeWrite) {
    this(file, CampaignSchema.NOW, beforeWrite);
  }

  /** As above; with the schema of another release. */
  Database(Path file, Schema schema, BeforeWrite beforeWrite) {
    super(file, schema, Database::open, beforeWrite, e -> wrong(file, e));
  }

  private static Connection open(Path file, boolean readOnly) throws SQLException {
    Properties properties = new Properties();
    if (readOnly) {
      properties.setProperty("open_mode", READ_ONLY);
    }
    Connection connection = new JDBC().connect("jdbc:sqlite:" + file.toAbsolutePath(), properties);
    // The driver registers itself for the whole JVM; nobody looks it up there.
    for (Driver driver : Collections.list(DriverManager.getDrivers())) {
      if (driver instanceof JDBC) {
        DriverManager.deregisterDriver(driver);
      }
    }
    return connection;
  }

  private static CampaignStoreException wrong(Path file, SQLException e) {
    return new CampaignStoreException(
        "the campaigns' file " + file + " failed (" + e.getMessage() + "): check disk and rights",
        e);
  }
}
