package tv.hearth.membership.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.crypto.CryptoNode;

/** How boxes leave the map, and which of them come back, over TLS on loopback. */
class LeavingTest {
  @TempDir Path temp;
  private Town town;

  /** TLS knows no clock but the machine's, so the town begins in the past. */
  @BeforeEach
  void open() throws Exception {
    town = new Town(temp, Instant.now().minus(Duration.ofDays(31).plusHours(2)));
  }

  @AfterEach
  void close() {
    town.close();
  }

  private static boolean shows(Member member, CryptoNode node) {
    return member.map().filter(map -> map.isMember(node.identity().box())).isPresent();
  }

  @Test
  void aReplacedBoxLeavesTheMapWhenTheNewOneComes() throws Exception {
    Path claim = town.claim();
    CryptoNode old = town.node("keys1", town.clock, claim);
    try (Member member = town.member("box1", old, town.url())) {
      Town.awaitSaying(() -> member.health().reason(), () -> shows(member, old));
    }
    Path lost = town.claimInPlaceOf(claim);
    CryptoNode next = town.node("keys2", town.clock, town.claimInPlaceOf(lost));
    try (Member member = town.member("box2", next, town.url())) {
      Town.awaitSaying(() -> member.health().reason(), () -> shows(member, next));
      assertEquals(
          List.of(next.identity().box()),
          member.map().orElseThrow().boxes().stream().map(MapBox::id).toList());
    }
    String page = town.fleet("GET", "/v1/fleet", "");
    assertTrue(page.contains("\"departure\":\"REPLACED\""), page);
    try (Member member = town.member("box1", old, town.url())) {
      Town.awaitSaying(
          () -> member.health().reason() + member.map().map(m -> m.boxes().size()),
          () -> {
            town.clock.pass(Duration.ofSeconds(1));
            member.look();
            return member.health().reason().contains("took the place");
          });
    }
  }

  @Test
  void aBoxThatWasSilentForTooLongLeavesAndComesBackByItself() throws Exception {
    CryptoNode node = town.node("keys1", town.clock, town.claim());
    try (Member member = town.member("box1", node, town.url())) {
      Town.awaitSaying(() -> member.health().reason(), () -> shows(member, node));
    }
    CryptoNode witness = town.node("keys2", town.clock, town.claim());
    town.clock.pass(Duration.ofDays(31));
    try (Member member = town.member("box2", witness, town.url())) {
      Town.awaitSaying(
          () -> member.health().reason() + town.clock.instant(),
          () -> {
            town.clock.pass(Duration.ofSeconds(10));
            member.look();
            return shows(member, witness) && !shows(member, node);
          });
    }
    CryptoNode back = town.node("keys1", town.clock, null);
    try (Member member = town.member("box1", back, town.url())) {
      Town.awaitSaying(() -> member.health().reason(), () -> shows(member, back));
      assertEquals(node.identity().box(), back.identity().box());
    }
  }
}
