package tv.hearth.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.launcher.LauncherException;
import tv.hearth.launcher.command.fleet.Fleet;
import tv.hearth.launcher.hood.FakeHeadend;
import tv.hearth.launcher.hood.Hood;
import tv.hearth.launcher.hood.Installation;
import tv.hearth.launcher.hood.Starter;
import tv.hearth.launcher.ui.Progress;

/** What the headend knows of boxes and releases reaches whoever asks this machine's commands. */
class HeadendWordsTest {
  private static final String TWINS =
      "DEGRADED: two boxes each have one identity (copied data partitions?): [abcd]; find and wipe"
          + " one of each";
  private static final String EXPIRES =
      "the releases' root metadata expires at 2026-12-24T00:00:00Z, in 26 days; sign a new root:"
          + " hearth release rotate, sign, publish";
  private static final String CAMPAIGNS = "/v1/fleet/campaigns";
  @TempDir private Path folder;
  private Hood hood;
  private FakeHeadend headend;

  @BeforeEach
  void start() throws Exception {
    hood = Hood.create(folder, 3, "", "open", new Installation(folder));
    headend = new FakeHeadend(hood, "[\"" + TWINS + "\"]");
  }

  @AfterEach
  void end() throws Exception {
    headend.close();
  }

  private static String box(String id, String claim, String departure) {
    return "{\"id\":\""
        + id
        + "\",\"claim\":\""
        + claim
        + "\",\"departure\":\""
        + departure
        + "\",\"online\":false,\"lastSeen\":\"2026-11-01T00:00:00Z\"}";
  }

  /** The ingest node and box 1 are members, box 2 was removed, box 3 lost; one is elsewhere. */
  private void fleet() throws Exception {
    String boxes =
        String.join(
            ",",
            box("aaaa", hood.claimOf(0), "MEMBER"),
            box("bbbb", hood.claimOf(1), "MEMBER"),
            box("cccc", hood.claimOf(2), "OPERATOR"),
            box("dddd", hood.claimOf(3), "MEMBER"),
            box("eeee", "0123456789abcdef", "MEMBER"));
    headend.page("/v1/fleet", "{\"boxes\":[" + boxes + "]}");
    hood.lose(3);
  }

  @Test
  void statusTellsTheHeadendsWorriesAndWhoIsGone() throws Exception {
    fleet();
    Said status = Said.by(new Status(), folder);
    assertEquals(0, status.code(), status.failure());
    String text = status.people();
    assertTrue(text.contains("  headend " + TWINS), text);
    assertTrue(text.contains("box 1   off\n"), text);
    assertTrue(
        text.contains("box 2   off; no member: removed from the neighbourhood by the operator"),
        text);
    assertTrue(text.contains("hearth box admit 2"), text);
    assertTrue(text.contains("box 3   off; lost: dddd stays a member that is off until"), text);
    assertTrue(text.contains("hearth box remove 3"), text);
    assertTrue(text.contains("member eeee, elsewhere, off; last seen 2026-11-01"), text);
    assertTrue(text.contains("hearth box remove eeee"), text);
    JsonNode json = new ObjectMapper().readTree(status.json());
    assertEquals(TWINS, json.get("headend").get(0).asText());
  }

  /** Right after 'lose', its place has a claim that nobody used yet. */
  @Test
  void aBoxThatWasJustLostIsRemovedByItsNumber() throws Exception {
    fleet();
    headend.page("/v1/fleet/box/dddd/state", box("dddd", "x", "OPERATOR"));
    Said removed = Said.by(new BoxCommand(), folder, "remove", "3");
    assertEquals(0, removed.code(), removed.failure());
    assertEquals("REMOVED", headend.posted("/v1/fleet/box/dddd/state"));
  }

  @Test
  void aRemovedBoxIsNotStartedInVain() throws Exception {
    fleet();
    LauncherException refused =
        assertThrows(
            LauncherException.class, () -> new Starter(hood).boxes(List.of(2), Progress.NONE));
    assertEquals(
        "box-2: removed from the neighbourhood by the operator:"
            + " hearth box admit 2 makes it a member again",
        refused.getMessage());
  }

  @Test
  void whatExpiresSoonIsSaidWithAndWithoutACampaign() throws Exception {
    headend
        .page(CAMPAIGNS, "{\"campaigns\":[],\"warnings\":[\"" + EXPIRES + "\"]}")
        .page(CAMPAIGNS + "/audit", "{\"log\":[]}");
    Said history = Said.by(new Fleet(), folder, "history");
    assertTrue(history.people().contains("warning: " + EXPIRES), history.people());
    Said status = Said.by(new Fleet(), folder, "status");
    assertTrue(status.people().contains("warning: " + EXPIRES), status.people());
    assertTrue(status.failure().startsWith("no campaign yet"), status.failure());
  }
}
