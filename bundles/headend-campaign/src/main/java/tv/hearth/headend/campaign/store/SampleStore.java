package tv.hearth.headend.campaign.store;

import java.util.List;
import java.util.stream.Collectors;
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
   *
   * @return those that are kept; they are on disk
   */
  public List<Sample> put(List<Sample> samples, long now) {
    List<Sample> kept =
        samples.stream()
            .filter(s -> s.millis() <= now + 60_000 && s.millis() > now - KEPT_MILLIS)
            .collect(Collectors.toList());
    return database.transaction(
        () -> {
          kept.forEach(this::put);
          database.update("DELETE FROM sample WHERE millis < ?", now - KEPT_MILLIS);
          return kept;
        });
  }

  private void put(Sample sample) {
    database.update(
        "INSERT INTO sample (box, millis, errors, stalls, uptime) VALUES (?,?,?,?,?)"
            + " ON CONFLICT (box, millis) DO UPDATE SET errors = excluded.errors,"
            + " stalls = excluded.stalls, uptime = excluded.uptime",
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
