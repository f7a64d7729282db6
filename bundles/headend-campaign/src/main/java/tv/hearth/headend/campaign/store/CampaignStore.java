package tv.hearth.headend.campaign.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import tv.hearth.headend.campaign.rollout.Campaign;
import tv.hearth.headend.campaign.rollout.Member;
import tv.hearth.headend.campaign.rollout.Plan;

/**
 * Campaigns with their audit log: a step and what the log says of it are one transaction. The log
 * only grows. Thread-safe.
 */
public final class CampaignStore {
  private final Database database;

  /** Over an open database. */
  public CampaignStore(Database database) {
    this.database = database;
  }

  /** The id that the next campaign gets. */
  public long nextId() {
    return database.query("SELECT coalesce(max(id), 0) FROM campaign", row -> row.getLong(1)).get(0)
        + 1;
  }

  /** Campaigns, newest first, at most {@code limit}. */
  public List<Campaign> newest(int limit) {
    return database.query(
        "SELECT * FROM campaign ORDER BY id DESC LIMIT ?", row -> read(row, members(row)), limit);
  }

  /** One campaign. */
  public Optional<Campaign> find(long id) {
    return database
        .query("SELECT * FROM campaign WHERE id = ?", row -> read(row, members(row)), id)
        .stream()
        .findFirst();
  }

  private TreeMap<String, Member> members(ResultSet campaign) throws SQLException {
    TreeMap<String, Member> members = new TreeMap<>();
    database
        .query(
            "SELECT * FROM member WHERE campaign = ?",
            CampaignStore::member,
            campaign.getLong("id"))
        .forEach(member -> members.put(member.box(), member));
    return members;
  }

  private static Member member(ResultSet row) throws SQLException {
    return new Member(
        row.getString("box"),
        row.getString("model"),
        row.getString("location"),
        row.getInt("stage"),
        Member.State.valueOf(row.getString("state")),
        row.getInt("attempt"),
        row.getLong("since"),
        row.getLong("asked"),
        row.getInt("refusals"),
        row.getString("reason"));
  }

  private static Campaign read(ResultSet row, TreeMap<String, Member> members) throws SQLException {
    Plan plan = PlanJson.read(row.getString("plan"));
    return new Campaign(
        row.getLong("id"),
        plan,
        row.getLong("counter"),
        Campaign.Status.valueOf(row.getString("status")),
        row.getInt("stage"),
        row.getLong("soak"),
        row.getLong("started"),
        row.getLong("ended"),
        row.getString("reason"),
        members);
  }

  /**
   * Writes a campaign that came from {@code before} (null: it is new) and the log's lines; all or
   * nothing, durable when it returns.
   *
   * @param who caused it: an operator, a box, or the headend's clock
   */
  public void put(Campaign before, Campaign after, long now, String who, List<String> notes) {
    database.transaction(
        () -> {
          campaign(before, after);
          for (Member member : after.members().values()) {
            if (before == null || !member.equals(before.members().get(member.box()))) {
              member(after.id(), member);
            }
          }
          notes.forEach(note -> audit(now, who, after.id(), note));
          return null;
        });
  }

  private void campaign(Campaign before, Campaign after) {
    if (before == null) {
      database.update(
          "INSERT INTO campaign (id, plan, counter, status, stage, soak, started, ended, reason)"
              + " VALUES (?,?,?,?,?,?,?,?,?)",
          after.id(),
          PlanJson.write(after.plan()),
          after.counter(),
          after.status().name(),
          after.stage(),
          after.soakSince(),
          after.started(),
          after.ended(),
          after.reason());
    } else {
      database.update(
          "UPDATE campaign SET status = ?, stage = ?, soak = ?, ended = ?, reason = ?"
              + " WHERE id = ?",
          after.status().name(),
          after.stage(),
          after.soakSince(),
          after.ended(),
          after.reason(),
          after.id());
    }
  }

  private void member(long campaign, Member member) {
    database.update(
        // Not OR REPLACE: columns of a newer release stay as they are.
        "INSERT INTO member (campaign, box, model, location, stage, state, attempt,"
            + " since, asked, refusals, reason) VALUES (?,?,?,?,?,?,?,?,?,?,?)"
            + " ON CONFLICT (campaign, box) DO UPDATE SET model = excluded.model,"
            + " location = excluded.location, stage = excluded.stage, state = excluded.state,"
            + " attempt = excluded.attempt, since = excluded.since, asked = excluded.asked,"
            + " refusals = excluded.refusals, reason = excluded.reason",
        campaign,
        member.box(),
        member.model(),
        member.location(),
        member.stage(),
        member.state().name(),
        member.attempt(),
        member.since(),
        member.asked(),
        member.refusals(),
        member.reason());
  }

  private void audit(long now, String who, long campaign, String what) {
    database.update(
        "INSERT INTO audit (millis, who, campaign, what) VALUES (?,?,?,?)",
        now,
        who,
        campaign,
        what);
  }

  /** Logs what changed no campaign, such as a refused call. */
  public void note(long now, String who, long campaign, String what) {
    audit(now, who, campaign, what);
  }

  /** The log's newest lines, oldest of them first. */
  public List<Line> log(int limit) {
    return database.query(
        "SELECT * FROM (SELECT * FROM audit ORDER BY sequence DESC LIMIT ?) ORDER BY sequence",
        row ->
            new Line(
                row.getLong("sequence"),
                row.getLong("millis"),
                row.getString("who"),
                row.getLong("campaign"),
                row.getString("what")),
        limit);
  }

  /**
   * A line of the audit log.
   *
   * @param sequence without gaps
   * @param campaign 0 for none
   */
  public record Line(long sequence, long millis, String who, long campaign, String what) {}
}
