package tv.hearth.tuf.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tv.hearth.support.level.Levels;

/** What a release says of levels, against what its bundles say. */
class ReleaseLevelsTest {
  private static final String ONE = "tv.hearth.level;least:Long=1;most:Long=1";
  private static final String TWO = "tv.hearth.level;least:Long=1;most:Long=2";

  private static String bundle(String name, String capability) {
    return "{\"id\":\"tv.hearth:"
        + name
        + ":1.0.0\",\"hearth-target\":\"bundle/x.jar\",\"hearth-sha256\":\""
        + "ab".repeat(32)
        + "\",\"hearth-manifest\":{\"Bundle-SymbolicName\":\""
        + name
        + "\",\"Bundle-Version\":\"1.0.0\""
        + (capability.isEmpty() ? "" : ",\"Provide-Capability\":\"" + capability + "\"")
        + "}}";
  }

  private static ReleaseFile release(String level, String... capabilities) throws ReleaseException {
    StringBuilder bundles = new StringBuilder();
    for (int i = 0; i < capabilities.length; i++) {
      bundles.append(i == 0 ? "" : ",").append(bundle("b" + i, capabilities[i]));
    }
    String text =
        "{\"feature-resource-version\":\"1.0\",\"id\":\"tv.hearth:hearth:0.2.0\",\"bundles\":["
            + bundles
            + "],\"extensions\":{\"tv.hearth.release\":{\"json\":{\"format\":1,\"counter\":8,"
            + level
            + "\"models\":[\"*\"],\"health-window-seconds\":60}}}}";
    return ReleaseFile.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void oneThatSaysNothingIsOfTheFirst() throws Exception {
    assertEquals(Levels.UNSAID, release("", "").levels());
    assertEquals(Levels.UNSAID, release("", TWO, "").levels());
  }

  @Test
  void isWhatAllItsBundlesSay() throws Exception {
    assertEquals(
        new Levels(1, 2), release("\"level\":{\"least\":1,\"most\":2},", TWO, TWO).levels());
  }

  @Test
  void oneThatSaysItReadsWhatABundleOfItDoesNotIsRefusedByThatName() {
    for (String weak : new String[] {ONE, ""}) {
      ReleaseException e =
          assertThrows(
              ReleaseException.class,
              () -> release("\"level\":{\"least\":1,\"most\":2},", TWO, weak));
      assertTrue(e.getMessage().contains("b1 in it knows 1"), e.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"level\":{\"least\":0,\"most\":1},",
        "\"level\":{\"least\":2,\"most\":1},",
        "\"level\":{\"least\":1,\"most\":99999999999},",
        "\"level\":{\"least\":1},",
        "\"level\":7,"
      })
  void levelsThatCantBeAreRefused(String level) {
    assertThrows(ReleaseException.class, () -> release(level, TWO));
  }
}
