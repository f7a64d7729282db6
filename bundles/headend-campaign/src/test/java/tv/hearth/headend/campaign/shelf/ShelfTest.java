package tv.hearth.headend.campaign.shelf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tv.hearth.api.operator.PublishedFiles;
import tv.hearth.headend.campaign.rollout.Wanted;
import tv.hearth.headend.campaign.service.CampaignException;
import tv.hearth.headend.campaign.service.CampaignException.Problem;
import tv.hearth.headend.campaign.service.ServedReleases;
import tv.hearth.headend.campaign.service.ServedWay;

/** What the headend sees of the repository that it serves, by files as the tool writes them. */
class ShelfTest {
  private static final String RELEASE = "release/hearth/0.2.0.json";
  private static final String JAR = "ab".repeat(32);
  private static final String FEATURE =
      "{\"feature-resource-version\":\"1.0\",\"id\":\"tv.hearth:hearth:0.2.0\",\"bundles\":[{"
          + "\"id\":\"tv.hearth:b:1.0.0\",\"hearth-target\":\"bundle/b/1.0.0.jar\","
          + "\"hearth-sha256\":\""
          + JAR
          + "\",\"hearth-manifest\":{\"Bundle-SymbolicName\":\"b\",\"Bundle-Version\":\"1.0.0\"}}],"
          + "\"extensions\":{\"tv.hearth.release\":{\"kind\":\"mandatory\",\"type\":\"json\","
          + "\"json\":{\"format\":1,\"counter\":8,\"models\":[\"*\"],"
          + "\"health-window-seconds\":60}}}}";
  private static final String SHA = sha256(FEATURE);
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
  private static final Expiry EXPIRY = new Expiry(Duration.ofDays(3), Duration.ofDays(30));
  private final Map<String, String> files = new HashMap<>();
  private final PublishedFiles served =
      (name, limit) ->
          Optional.ofNullable(files.get(name)).map(text -> text.getBytes(StandardCharsets.UTF_8));
  private Instant now = NOW;
  private int level = 1;

  private static String metadata(String expires, String more) {
    return "{\"signed\":{\"expires\":\"" + expires + "\"" + more + "},\"signatures\":[]}";
  }

  private static String meta(String file, int version) {
    return ",\"meta\":{\"" + file + "\":{\"version\":" + version + "}}";
  }

  @BeforeEach
  void publish() {
    files.put("metadata/1.root.json", metadata("2026-01-01T00:00:00Z", ""));
    files.put("metadata/2.root.json", metadata("2028-01-01T00:00:00Z", ""));
    files.put(
        "metadata/timestamp.json", metadata("2026-11-08T00:00:00Z", meta("snapshot.json", 5)));
    files.put(
        "metadata/5.snapshot.json", metadata("2026-12-01T00:00:00Z", meta("targets.json", 4)));
    files.put(
        "metadata/4.targets.json",
        metadata(
            "2027-11-01T00:00:00Z",
            ",\"targets\":{\"" + RELEASE + "\":{\"hashes\":{\"sha256\":\"" + SHA + "\"}}}"));
    files.put("targets/release/hearth/" + SHA + ".0.2.0.json", FEATURE);
  }

  private static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> warnings() throws ShelfException {
    return EXPIRY.warnings(new Shelf(served).expiries(), now);
  }

  private ServedReleases served() {
    return new ServedReleases(() -> Optional.of(served), EXPIRY, () -> now, () -> level);
  }

  @Test
  void aReleaseThatIsPublishedHasItsCounter() throws CampaignException {
    assertEquals(8, served().counter(RELEASE));
    assertEquals(
        0,
        new ServedReleases(Optional::empty, EXPIRY, () -> now, () -> 1)
            .counter("release/any/1.json"),
        "another server's repository can't be seen here");
  }

  @Test
  void oneThatDoesNotKnowTheNeighbourhoodsLevelIsRefusedByName() {
    level = 2;
    CampaignException e = assertThrows(CampaignException.class, () -> served().counter(RELEASE));
    assertEquals(Problem.LEVEL, e.problem());
    assertTrue(e.getMessage().contains("is at level 2"), e.getMessage());
  }

  /** A second release, that wants more of bundle {@code b} than the first one has. */
  private void publishOneThatWants(String version) {
    String wants =
        FEATURE
            .replace("\"counter\":8", "\"counter\":9,\"from\":{\"b\":\"" + version + "\"}")
            .replace("hearth:0.2.0", "hearth:0.3.0");
    String sha = sha256(wants);
    files.put("targets/release/hearth/" + sha + ".0.3.0.json", wants);
    files.put(
        "metadata/timestamp.json", metadata("2026-11-09T00:00:00Z", meta("snapshot.json", 5)));
    files.put(
        "metadata/4.targets.json",
        metadata(
            "2027-11-01T00:00:00Z",
            ",\"targets\":{\""
                + RELEASE
                + "\":{\"hashes\":{\"sha256\":\""
                + SHA
                + "\"}},\"release/hearth/0.3.0.json\":{\"hashes\":{\"sha256\":\""
                + sha
                + "\"}}}"));
  }

  @Test
  void aBoxThatIsTooOldIsLedOverWhatWasPublishedBefore() throws CampaignException {
    ServedWay way = new ServedWay(() -> Optional.of(served), () -> level, box -> "host");
    Wanted goal = new Wanted("release/hearth/0.3.0.json", 9);
    assertFalse(way.asks(goal), "it is not published yet");
    publishOneThatWants("1.0.0");
    assertTrue(way.asks(goal));
    assertFalse(way.asks(new Wanted(RELEASE, 8)), "that one is installed from anything");
    assertEquals(new Wanted(RELEASE, 8), way.next("a", goal, 7, Map.of("b", "0.9.0")));
    assertEquals(goal, way.next("a", goal, 8, Map.of("b", "1.0.0")));
    assertEquals(goal, way.next("a", goal, 0, Map.of()), "a box that does not say judges itself");
    publishOneThatWants("1.0.1");
    files.put("metadata/timestamp.json", files.get("metadata/timestamp.json") + " ");
    CampaignException e =
        assertThrows(CampaignException.class, () -> way.next("a", goal, 7, Map.of("b", "0.9.0")));
    assertEquals(Problem.UNREACHED, e.problem());
    assertTrue(e.getMessage().contains("b 0.9.0 (from 1.0.1 on)"), e.getMessage());
  }

  @Test
  void withoutARepositoryOfItsOwnTheWayIsStraight() throws CampaignException {
    Wanted goal = new Wanted(RELEASE, 8);
    ServedWay way = new ServedWay(Optional::empty, () -> 1, box -> "host");
    assertFalse(way.asks(goal));
    assertEquals(goal, way.next("a", goal, 1, Map.of("b", "0.1.0")));
  }

  @Test
  void bytesThatWereNotSignedAreForBoxesToFind() throws CampaignException {
    files.put("targets/release/hearth/" + SHA + ".0.2.0.json", FEATURE.replace("\"b\"", "\"c\""));
    assertEquals(0, served().counter(RELEASE), "what a forged file says counts for nothing");
    files.remove("targets/release/hearth/" + SHA + ".0.2.0.json");
    assertEquals(0, served().counter(RELEASE));
  }

  @Test
  void oneThatIsNotIsRefusedAtOnceWithTheRemedy() {
    CampaignException e =
        assertThrows(CampaignException.class, () -> served().counter("release/hearth/9.json"));
    assertEquals(Problem.UNPUBLISHED, e.problem());
    assertTrue(e.getMessage().contains("publish"), e.getMessage());
  }

  @Test
  void withoutAnythingPublishedTheReasonIsTold() {
    files.clear();
    CampaignException e = assertThrows(CampaignException.class, () -> served().counter(RELEASE));
    assertEquals(Problem.UNPUBLISHED, e.problem());
    assertEquals(1, served().warnings().size());
  }

  @Test
  void theOperatorIsWarnedDaysBeforeAndByTheNewestRoot() throws ShelfException {
    assertEquals(List.of(), warnings());
    now = Instant.parse("2026-11-05T12:00:00Z");
    assertEquals(1, warnings().size());
    assertTrue(warnings().get(0).contains("timestamp"), warnings().get(0));
    assertTrue(warnings().get(0).contains("in 2 days"), warnings().get(0));
    assertTrue(warnings().get(0).contains("hearth release publish"), warnings().get(0));
  }

  @Test
  void whatPeopleMustSignIsToldOfAMonthBefore() throws ShelfException {
    now = Instant.parse("2027-12-10T00:00:00Z");
    List<String> all = warnings();
    assertEquals(4, all.size());
    assertTrue(all.stream().anyMatch(w -> w.contains("root") && w.contains("in 22 days")));
    assertTrue(all.stream().anyMatch(w -> w.contains("targets") && w.contains("expired at")));
  }

  @Test
  void expiredMetadataBeginNothing() {
    now = Instant.parse("2026-11-08T00:00:00Z");
    CampaignException e = assertThrows(CampaignException.class, () -> served().counter(RELEASE));
    assertEquals(Problem.EXPIRED, e.problem());
    assertTrue(e.getMessage().contains("timestamp"), e.getMessage());
  }

  @Test
  void aRepositoryThatCantBeReadIsNoneAndSaysSo() {
    PublishedFiles broken =
        (name, limit) -> {
          throw new IOException("disk");
        };
    ServedReleases none = new ServedReleases(() -> Optional.of(broken), EXPIRY, () -> now, () -> 1);
    assertThrows(CampaignException.class, () -> none.counter(RELEASE));
    assertTrue(none.warnings().get(0).contains("disk"));
  }
}
