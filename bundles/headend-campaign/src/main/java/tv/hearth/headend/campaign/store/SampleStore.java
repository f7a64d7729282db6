package tv.hearth.headend.campaign.store;

import java.util.List;
import tv.hearth.headend.campaign.telemetry.History;
import tv.hearth.headend.campaign.telemetry.Sample;

/** Boxes' samples of the last two days, at most {@value #MOST_OF_A_BOX} of one box. Thread-safe. */
public final class SampleStore implements History.Samples {
  private static final int MOST_OF_A_BOX = 4096;
  private static final long KEPT_MILLIS = 2 * History.PAST_MILLIS;
  private final Database database;

  /** Over an open database. */
  public SampleStore(Database database) {
    this.database = database;
  }

  /**
   * Keeps samples and forgets old ones. A sample from the future, by more than a minute, is left
   * out: a box with a wrong clock can't push the others out.
   */
  public void put(List<Sample> samples, long now) {
    database.transaction(
        () -> {
          for (Sample sample : samples) {
            if (sample.millis() <= now + 60_000 && sample.millis() > now - KEPT_MILLIS) {
              put(sample);
            }
          }
          database.update("DELETE FROM sample WHERE millis < ?", now - KEPT_MILLIS);
          return null;
        });
  }

  private void put(Sample sample) {
    database.update(
        "INSERT OR REPLACE INTO sample (box, millis, errors, stalls, uptime) VALUES (?,?,?,?,?)",
        sample.box(),
        sample.millis(),
        sample.errors(),
        sample.stalls(),
        sample.uptimeSeconds());
  }

  @Override
  public List<Sample> of(String box, long from) {
    return database.query(
        "SELECT * FROM (SELECT * FROM sample WHERE box = ? AND millis >= ?"
            + " ORDER BY millis DESC LIMIT ?) ORDER BY millis",
        row ->
            new Sample(
                row.getString("box"),
                row.getLong("millis"),
                row.getDouble("errors"),
                row.getDouble("stalls"),
                row.getDouble("uptime")),
        box,
        from,
        MOST_OF_A_BOX);
  }
}
