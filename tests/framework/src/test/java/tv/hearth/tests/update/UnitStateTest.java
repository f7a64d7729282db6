package tv.hearth.tests.update;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;

/** What the update agent says of a bundle that does not run: somebody's wish, or a failure. */
class UnitStateTest {
  private static final String SUBJECT = "tv.hearth.subject";
  private static final String AGENT = "tv.hearth.api.update.UpdateAgent";
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"felix", "equinox"})
  void aUnitThatWasSetIdleHasNoReasonAndOneThatStoppedHas(String kind) throws Exception {
    Path jars = Files.createDirectories(folder.resolve("jars"));
    TestRepository repository =
        new TestRepository(Files.createDirectories(folder.resolve("repository")));
    List<Path> base = new ArrayList<>(Jars.shipped(UpdateTest.BASE));
    base.add(Jars.subject(jars, SUBJECT, "1.0.0", "good", Map.of()));
    try (Box box = new Box(kind, folder.resolve("box"), base, repository).start()) {
      Box.await("the subject", () -> box.versions().containsKey(SUBJECT));
      is(box, "ACTIVE: ");
      box.bundle(SUBJECT).stop(Bundle.STOP_TRANSIENT);
      is(box, "IDLE: stopped");
      set(box, "ACTIVE");
      is(box, "ACTIVE: ");
      set(box, "IDLE");
      is(box, "IDLE: "); // as it was asked to be
      assertFalse(box.versions().containsKey(SUBJECT));
    }
  }

  /** The agent is away for a moment when its configuration comes. */
  private static void is(Box box, String expected) {
    Box.await(() -> expected + ", it is " + unit(box), () -> expected.equals(unit(box)));
  }

  private static void set(Box box, String state) {
    Box.await("an agent that sets " + state, () -> isSet(box, state));
  }

  private static boolean isSet(Box box, String state) {
    try {
      Object agent = box.service(AGENT);
      for (Method method : agent.getClass().getMethods()) {
        if (method.getName().equals("set") && method.getParameterCount() == 2) {
          Object[] states = method.getParameterTypes()[1].getEnumConstants();
          Object wanted =
              Arrays.stream(states).filter(s -> s.toString().equals(state)).findAny().orElseThrow();
          Box.call(agent, "set", SUBJECT, wanted);
          return true;
        }
      }
      return false;
    } catch (IllegalStateException e) {
      return false; // it is away
    }
  }

  private static String unit(Box box) {
    try {
      return found(box);
    } catch (IllegalStateException e) {
      return "the agent is away: " + e.getMessage();
    }
  }

  private static String found(Box box) {
    Object installed = Box.call(box.service(AGENT), "installed");
    for (Object unit : (List<?>) Box.call(installed, "units")) {
      if (Box.call(unit, "symbolicName").equals(SUBJECT)) {
        return Box.call(unit, "state") + ": " + Box.call(unit, "reason");
      }
    }
    return "none";
  }
}
