package tv.hearth.support.level;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LevelsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "tv.hearth.level;least:Long=1;most:Long=2",
        "tv.hearth.level; most:Long=\"2\"; least:Long=\"1\"",
        "osgi.service;objectClass:List<String>=\"a.b,tv.hearth.level;least:Long=7\";uses:=\"a,b\","
            + "tv.hearth.level;least:Long=1;most:Long=2,x.y;z=1",
      })
  void areReadFromTheManifest(String header) {
    assertEquals(new Levels(1, 2), Levels.ofHeader(header));
  }

  @Test
  void softwareThatDoesNotSayReadsTheFirst() {
    assertEquals(Levels.UNSAID, Levels.ofHeader(""));
    assertEquals(Levels.UNSAID, Levels.ofHeader("osgi.service;objectClass:List<String>=\"a\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tv.hearth.level",
        "tv.hearth.level;most:Long=2",
        "tv.hearth.level;least:Long=0;most:Long=2",
        "tv.hearth.level;least:Long=3;most:Long=2",
        "tv.hearth.level;least:Long=1;most:Long=99999",
        "tv.hearth.level;least:Long=1;most:Long=999999999999",
      })
  void thatCantBeAreRefused(String header) {
    assertThrows(IllegalArgumentException.class, () -> Levels.ofHeader(header));
  }

  @Test
  void aSetKnowsWhatAllOfItKnow() {
    assertEquals(new Levels(2, 3), new Levels(1, 3).and(new Levels(2, 5)));
    assertThrows(IllegalArgumentException.class, () -> new Levels(1, 1).and(new Levels(2, 2)));
    assertTrue(new Levels(1, 2).has(2));
    assertFalse(new Levels(1, 2).has(3));
  }

  /** Or a release would say what its code does not do. */
  @Test
  void theManifestsOfOurBundlesSayWhatTheCodeKnows() throws IOException {
    String settings = Files.readString(Path.of("../../cnf/common.bnd"));
    String header =
        settings
            .lines()
            .filter(line -> line.startsWith("Provide-Capability: "))
            .findFirst()
            .orElseThrow()
            .substring("Provide-Capability: ".length());
    assertEquals(Levels.KNOWN, Levels.ofHeader(header));
  }
}
