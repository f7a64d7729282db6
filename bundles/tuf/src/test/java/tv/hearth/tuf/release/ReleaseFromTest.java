package tv.hearth.tuf.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a release says of what it can be installed from. */
class ReleaseFromTest {
  private static ReleaseFile release(String from) throws ReleaseException {
    String text =
        "{\"feature-resource-version\":\"1.0\",\"id\":\"tv.hearth:hearth:0.2.0\",\"bundles\":[{"
            + "\"id\":\"tv.hearth:b:1.0.0\",\"hearth-target\":\"bundle/b.jar\",\"hearth-sha256\":\""
            + "ab".repeat(32)
            + "\",\"hearth-manifest\":{\"Bundle-SymbolicName\":\"b\",\"Bundle-Version\":\"1.0.0\"}}"
            + "],\"extensions\":{\"tv.hearth.release\":{\"json\":{\"format\":1,\"counter\":8,"
            + from
            + "\"models\":[\"*\"],\"health-window-seconds\":60}}}}";
    return ReleaseFile.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void oneThatSaysNothingIsInstalledFromAnything() throws Exception {
    assertEquals(LeastVersions.NONE, release("").from());
  }

  @Test
  void namesBundlesAndTheirLeastVersions() throws Exception {
    assertEquals(
        Map.of("b", "0.2.0", "c", "0.3"),
        release("\"from\":{\"c\":\"0.3\",\"b\":\"0.2.0\"},").from().bundles());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"from\":\"0.2.0\",",
        "\"from\":{\"b\":7},",
        "\"from\":{\"b\":\"newest\"},",
        "\"from\":{\"a b\":\"1\"},",
        "\"from\":{\"b\":\"99999999999.0.0\"},"
      })
  void whatCantBeIsRefused(String from) {
    assertThrows(ReleaseException.class, () -> release(from));
  }
}
