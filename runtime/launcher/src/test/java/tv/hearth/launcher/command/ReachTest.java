package tv.hearth.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.launcher.hood.FakeBox;
import tv.hearth.launcher.hood.Hood;
import tv.hearth.launcher.hood.Installation;

/** A neighbourhood of three whose box 1 runs and says what the test gives it. */
class ReachTest {
  private static final String SERVES =
      "{\"enrolled\":true,\"reads\":true,\"endpoints\":[\"127.0.0.1:1\"]}";
  private static final String TOO_LITTLE = "{\"k\":3,\"n\":5,\"losses\":2,\"reachable\":2}";
  private static final String ENOUGH = "{\"k\":3,\"n\":5,\"losses\":2,\"reachable\":3}";
  private static final String LONG =
      "'film' can't be read now, and nothing that is off comes back by itself: ";
  private static final String COMMAND =
      "; too few boxes answered, 1 of 3 run: hearth box start 2 3";
  @TempDir private Path folder;
  private Hood hood;
  private FakeBox box;

  @BeforeEach
  void make() throws IOException {
    hood = Hood.create(folder, 3, "", "open", new Installation(folder));
    box = new FakeBox(hood, 1);
    box.answers("/status", SERVES).answers("/survey", TOO_LITTLE);
  }

  @AfterEach
  void end() throws IOException {
    box.close();
  }

  private String hopeless(boolean orHousehold) {
    return new Reach(hood, 1, orHousehold, "film").hopeless();
  }

  @Test
  void whatIsOffAndNeededIsNamedWithItsCommand() {
    String said = LONG + "2 of the 3 pieces that it needs can be reached" + COMMAND;
    assertEquals(said, hopeless(false));
    assertEquals(said, hopeless(true));
  }

  @Test
  void tooFewBoxesForItsNameAreToldAsWell() {
    box.answers("/survey", "{\"problem\":\"TOO_FEW_BOXES\",\"message\":\"its name is unknown\"}");
    assertEquals(LONG + "its name is unknown" + COMMAND, hopeless(false));
  }

  @Test
  void whereEnoughIsThereOrNothingIsKnownThereIsHope() {
    box.answers("/survey", ENOUGH);
    assertEquals("", hopeless(false));
    box.answers("/survey", "{\"problem\":\"NOT_READY\",\"message\":\"no store\"}");
    assertEquals("", hopeless(false));
  }

  @Test
  void aBoxThatStartsIsHope() throws IOException {
    FakeBox.runs(hood.box(2).folder());
    assertEquals("", hopeless(false));
  }

  @Test
  void aBoxThatRunsAndDoesNotServeYetIsHope() {
    box.answers("/status", SERVES.replace("\"reads\":true", "\"reads\":false"));
    assertEquals("", hopeless(false));
  }

  @Test
  void whereAllRunOneMayBeSlow() throws IOException {
    try (FakeBox second = new FakeBox(hood, 2);
        FakeBox third = new FakeBox(hood, 3)) {
      second.answers("/status", SERVES);
      third.answers("/status", SERVES);
      assertEquals("", hopeless(false));
    }
  }

  @Test
  void getEndsWithThatAndNotByItsPatience() throws IOException {
    box.serves(503, "not now");
    Path target = folder.resolve("copy");
    Said said = Said.by(new Get(), folder, "film", "-o", target.toString());
    assertEquals(LONG + "2 of the 3 pieces that it needs can be reached" + COMMAND, said.failure());
    assertTrue(Files.notExists(target));
  }
}
