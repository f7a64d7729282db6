package tv.hearth.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessListTest {
  private static AccessList list(String... lines) {
    return AccessListFile.parse(List.of(lines));
  }

  @Test
  void nothingIsAllowedByAnEmptyList() {
    AccessList list = list();
    assertFalse(list.mayPublish("u", "u", "t"));
    assertFalse(list.mayRead("u", "u", "t"));
    assertFalse(list.maySubscribe("u", "u", "t"));
  }

  @Test
  void aDenyGoesBeforeAllElseOfItsGroupWhereverItStands() {
    AccessList list = list("user u", "topic readwrite a/#", "topic deny a/secret");
    assertTrue(list.mayPublish("u", "u", "a/open"));
    assertFalse(list.mayPublish("u", "u", "a/secret"));
    assertFalse(list.mayRead("u", "u", "a/secret"));
    assertFalse(list.maySubscribe("u", "u", "a/#"), "reaches the secret");
    assertTrue(list.maySubscribe("u", "u", "a/open"));
    assertFalse(list.mayPublish("other", "other", "a/open"));
  }

  /** As docs/operator.md tells for a box that was stolen. */
  @Test
  void twoLinesShutABoxOutOfTheOperatorsList() throws IOException {
    String gone = "a".repeat(32);
    String there = "b".repeat(32);
    List<String> lines =
        new ArrayList<>(java.nio.file.Files.readAllLines(Path.of("../config/topics.acl")));
    lines.addAll(List.of("user " + gone, "topic deny #"));
    AccessList list = AccessListFile.parse(lines);
    for (String box : List.of(gone, there)) {
      boolean in = box.equals(there);
      String own = "hearth/v1/n/box/" + box;
      assertEquals(in, list.mayPublish(box, box, own + "/up/state"), box);
      assertEquals(in, list.maySubscribe(box, box, own + "/down/usp"), box);
      assertEquals(in, list.maySubscribe(box, box, "hearth/v1/n/map"), box);
      assertEquals(in, list.mayRead(box, box, "hearth/v1/n/map"), box);
    }
  }

  @Test
  void patternsAreFilledInForEachClient() {
    AccessList list = list("pattern write box/%u/up", "pattern read client/%c");
    assertTrue(list.mayPublish("u", "c", "box/u/up"));
    assertFalse(list.mayPublish("v", "c", "box/u/up"));
    assertTrue(list.maySubscribe("u", "c", "client/c"));
    assertFalse(list.maySubscribe("u", "u", "client/c"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"+", "#", "a/b", "x+"})
  void aNameThatWouldWidenAPatternGetsNothingByIt(String name) {
    AccessList list = list("pattern readwrite box/%u");
    assertFalse(list.mayPublish(name, name, "box/victim"));
    assertFalse(list.mayRead(name, name, "box/victim"));
    assertFalse(list.maySubscribe(name, name, "box/victim"));
  }

  @Test
  void readIsNotWriteAndWriteIsNotRead() {
    AccessList list = list("user u", "topic read r", "topic write w", "topic b");
    assertTrue(list.mayRead("u", "u", "r") && !list.mayPublish("u", "u", "r"));
    assertTrue(list.mayPublish("u", "u", "w") && !list.mayRead("u", "u", "w"));
    assertTrue(list.mayPublish("u", "u", "b") && list.mayRead("u", "u", "b"));
  }

  @Test
  void nobodyPublishesToAFilterOrSubscribesToNonsense() {
    AccessList list = list("user u", "topic readwrite #");
    assertFalse(list.mayPublish("u", "u", "a/+"));
    assertFalse(list.mayPublish("u", "u", "#"));
    assertFalse(list.maySubscribe("u", "u", "a/#/b"));
    assertFalse(list.maySubscribe("u", "u", "$SYS/#"), "wildcards don't reach $ topics");
    assertFalse(list.mayRead("u", "u", "$SYS/x"));
    assertTrue(list.maySubscribe("u", "u", "$share/group/a/b"));
    assertFalse(list("user u", "topic read a").maySubscribe("u", "u", "$share/group/b"));
  }

  @ParameterizedTest
  @CsvSource({
    "#, #, true", "a/#, a/b/+, true", "a/+, a/b, true", "a/+, a/+, true", "a/#, a, true",
    "a/b, a/+, false", "a/+, a/#, false", "a/+, a, false", "+/+, a/b/c, false", "a/#, #, false"
  })
  void covering(String wide, String narrow, boolean expected) {
    assertEquals(expected, Topics.covers(wide, narrow));
  }

  @ParameterizedTest
  @CsvSource({
    "a/+, +/b, true",
    "a/#, +/b/c, true",
    "a, a/#, true",
    "a/b, a/c, false",
    "+, a/b, false",
    "a/b/#, a/+, true",
    "a/b/c, a/+, false"
  })
  void overlapping(String one, String other, boolean expected) {
    assertEquals(expected, Topics.overlap(one, other));
    assertEquals(expected, Topics.overlap(other, one));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "topic read a",
        "nonsense a",
        "user",
        "pattern",
        "pattern raed a",
        "pattern read a#"
      })
  void aMistakeIsNamedWithItsLine(String line) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> list("# comment", line));
    assertTrue(refused.getMessage().startsWith("line 2: "), refused.getMessage());
  }

  @Test
  void theListOfTheRepositoryIsUnderstood() throws IOException {
    AccessList list = AccessListFile.read(Path.of("../config/topics.acl"));
    assertTrue(list.mayPublish("headend", "headend", "hearth/v1/hamlet/map"));
    assertFalse(list.mayPublish("abc", "abc", "hearth/v1/hamlet/map"));
    String up = "hearth/v1/hamlet/box/abc/up/usp";
    assertTrue(list.mayRead("controller", "controller", up + "/proto::hearth-controller"));
    assertFalse(list.mayRead("controller", "controller", up), "what boxes say to the headend");
    assertFalse(list.mayRead("controller", "controller", up + "/proto::another"));
  }
}
