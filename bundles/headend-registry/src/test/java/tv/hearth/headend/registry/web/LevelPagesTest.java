package tv.hearth.headend.registry.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.headend.registry.enrol.RefusedException;
import tv.hearth.headend.registry.enrol.RefusedException.Problem;
import tv.hearth.headend.registry.fleet.FleetBox;
import tv.hearth.headend.registry.map.MapKeeper;
import tv.hearth.headend.registry.operator.Credentials;
import tv.hearth.headend.registry.operator.OperatorKeys;
import tv.hearth.headend.registry.store.Database;
import tv.hearth.headend.registry.store.FleetStore;
import tv.hearth.headend.registry.store.MapStore;
import tv.hearth.support.level.Levels;
import tv.hearth.support.text.KeyIds;

/** A raise as the operator asks for it, with the headend's own store beneath. */
class LevelPagesTest {
  private final Instant now = Instant.now();
  private final AtomicInteger changes = new AtomicInteger();
  private Optional<String> underWay = Optional.empty();
  @TempDir private Path temp;
  private Database database;
  private FleetStore fleet;
  private MapKeeper maps;
  private LevelPages pages;

  @BeforeEach
  void open() throws Exception {
    OperatorKeys keys =
        OperatorKeys.create(temp.resolve("op"), "hamlet", Clock.systemUTC(), new SecureRandom());
    database = new Database(temp.resolve("registry.db"));
    fleet = new FleetStore(database);
    maps =
        new MapKeeper(
            Credentials.read(keys.headendCredentials()),
            fleet,
            new MapStore(database),
            Duration.ofDays(7),
            new Levels(1, 2));
    pages =
        new LevelPages(fleet, maps, () -> underWay, Clock.systemUTC(), changes::incrementAndGet);
    fleet.put(box(1, 2));
    fleet.put(box(2, 1));
    maps.rebuild(now);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private FleetBox box(int number, int reads) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) number;
    Bytes key = Bytes.of(bytes);
    return new FleetBox(
            new BoxId(KeyIds.of(key.toArray())),
            new FleetBox.Keys(key, key, key),
            "m",
            "p",
            100,
            MapBox.State.ACTIVE,
            1,
            List.of(),
            now,
            now,
            true)
        .at(2, List.of(), reads, now);
  }

  private String ask(String method, String body) throws RefusedException {
    Request request =
        new Request(
            method, LevelPages.PATH, body.getBytes(StandardCharsets.UTF_8), null, Optional.empty());
    return new String(pages.answer(request).body(), StandardCharsets.UTF_8);
  }

  private void refused(String body, String why) {
    RefusedException e = assertThrows(RefusedException.class, () -> ask("POST", body));
    assertEquals(Problem.NOT_NOW, e.problem());
    assertTrue(e.getMessage().contains(why), e.getMessage());
    assertEquals(1, maps.level());
    assertEquals(0, changes.get());
  }

  @Test
  void isRefusedByTheNamesOfThoseWhoCantReadIt() throws Exception {
    String old = box(2, 1).id().text();
    refused("", old);
    String page = ask("GET", "");
    assertTrue(page.contains("\"level\":1,\"headendReads\":2,\"next\":2"), page);
    assertTrue(page.contains(old), page);
    assertFalse(page.contains(box(1, 2).id().text()), page);
  }

  @Test
  void isRefusedWhileACampaignMayTakeBoxesBack() {
    underWay = Optional.of("campaign 3 is open");
    refused(box(2, 1).id().text(), "campaign 3 is open");
  }

  @Test
  void leavesBehindByNameAndTheMapShowsIt() throws Exception {
    BoxId old = box(2, 1).id();
    ask("POST", old.text() + "\n");
    assertEquals(2, maps.level());
    assertEquals(1, changes.get());
    assertTrue(maps.rebuild(now));
    MapBox shown = maps.map().orElseThrow().box(old).orElseThrow();
    assertTrue(shown.behind());
    assertFalse(shown.isMember());
    assertEquals(2, maps.map().orElseThrow().level());
  }

  @Test
  void isRaisedOnceAllReadIt() throws Exception {
    fleet.put(box(2, 1).at(3, List.of(), 2, now));
    ask("POST", "");
    assertEquals(2, maps.level());
    RefusedException further = assertThrows(RefusedException.class, () -> ask("POST", ""));
    assertTrue(further.getMessage().contains("nothing to raise to"), further.getMessage());
  }

  @Test
  void aBodyThatNamesNoBoxIsMalformed() {
    RefusedException e = assertThrows(RefusedException.class, () -> ask("POST", "all of them"));
    assertEquals(Problem.MALFORMED, e.problem());
  }
}
