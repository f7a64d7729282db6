package tv.hearth.tuf.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tv.hearth.tuf.client.TufException.Problem;

class TufClientTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));
  private Repository repository;

  @BeforeEach
  void first() throws Exception {
    repository = new Repository();
    repository.root(1, "root", "timestamp");
    repository.publish(5, "timestamp", "2030");
    repository.kept.put("root.json", repository.served.get("1.root.json"));
    repository.client(CLOCK).refresh();
  }

  private void fails(Problem problem) {
    var e = assertThrows(TufException.class, () -> repository.client(CLOCK).refresh());
    assertEquals(problem, e.problem(), e.getMessage());
  }

  @Test
  void findsWhatIsSignedAlone() throws Exception {
    TufClient client = repository.client(CLOCK);
    client.refresh();
    assertEquals(1, client.target("a/b").orElseThrow().length());
    assertTrue(client.target("a/c").isEmpty());
  }

  @Test
  void refusesRollback() throws Exception {
    repository.publish(4, "timestamp", "2030");
    fails(Problem.ROLLBACK);
  }

  @Test
  void refusesFreeze() throws Exception {
    repository.publish(6, "timestamp", "2025");
    fails(Problem.EXPIRED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.root.json", "timestamp.json", "6.snapshot.json", "6.targets.json"})
  void whatIsCutAnywhereIsNoAttack(String file) throws Exception {
    repository.root(2, "root", "timestamp");
    repository.publish(6, "timestamp", "2030");
    byte[] whole = repository.served.get(file);
    for (int length = 0; length < whole.length; length += 7) {
      repository.served.put(file, Arrays.copyOf(whole, length));
      fails(Problem.CUT_SHORT);
    }
    repository.served.put(file, whole);
    repository.client(CLOCK).refresh();
  }

  @Test
  void fewerBytesThanPromisedAreCut() throws Exception {
    repository.lengthsMore = 1;
    repository.publish(6, "timestamp", "2030");
    fails(Problem.CUT_SHORT);
  }

  @Test
  void aVersionThatIsPublishedTwiceIsToldByItsHash() throws Exception {
    repository.lengthsMore = 0;
    repository.publish(6, "timestamp", "2030");
    repository.client(CLOCK).refresh();
    repository.publish(6, "timestamp", "2031");
    byte[] before = repository.kept.get("snapshot.json");
    repository.timestampAlone(7, 6);
    repository.client(CLOCK).refresh();
    assertArrayEquals(
        repository.served.get("6.snapshot.json"), repository.kept.get("snapshot.json"));
    assertFalse(Arrays.equals(before, repository.kept.get("snapshot.json")));
  }

  @Test
  void refusesMixAndMatch() throws Exception {
    byte[] old = repository.served.get("5.targets.json");
    repository.publish(6, "timestamp", "2030");
    repository.served.put("6.targets.json", old);
    fails(Problem.MIX_AND_MATCH);
  }

  @Test
  void refusesEndlessData() {
    repository.served.put("timestamp.json", new byte[100_000]);
    fails(Problem.LENGTH);
  }

  @Test
  void refusesAnotherKeyAndKeepsTheRoot() throws Exception {
    byte[] root = repository.kept.get("root.json");
    repository.root(2, "other", "other");
    fails(Problem.SIGNATURE);
    assertArrayEquals(root, repository.kept.get("root.json"));
  }

  @Test
  void refusesOneKeyOfTwo() throws Exception {
    repository.threshold = 2;
    repository.root(2, "root", "timestamp");
    repository.publish(6, "timestamp", "2030");
    fails(Problem.SIGNATURE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.root.json", "timestamp.json", "6.snapshot.json", "6.targets.json"})
  void refusesOneKeyIdTwiceInAnyRole(String file) throws Exception {
    repository.twiceSigned = file;
    repository.root(2, "root", "timestamp");
    repository.publish(6, "timestamp", "2030");
    fails(Problem.MALFORMED);
    repository.twiceSigned = "";
    repository.root(2, "root", "timestamp");
    repository.publish(6, "timestamp", "2030");
    repository.client(CLOCK).refresh();
  }

  @Test
  void recoversFromFastForwardByRotation() throws Exception {
    repository.publish(1_000_000, "timestamp", "2030");
    repository.client(CLOCK).refresh();
    repository.root(2, "root", "other");
    repository.publish(6, "other", "2030");
    repository.client(CLOCK).refresh();
    fails(repository, "timestamp");
  }

  private static void fails(Repository repository, String revoked) throws Exception {
    repository.publish(7, revoked, "2030");
    assertThrows(TufException.class, () -> repository.client(CLOCK).refresh());
  }
}
