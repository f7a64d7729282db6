package tv.hearth.tests.update;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
      box.bundle(SUBJECT).stop(Bundle.STOP_TRANSIENT);
      assertEquals("IDLE: stopped", unit(box));
      set(box, "ACTIVE");
      assertEquals("ACTIVE: ", unit(box));
      set(box, "IDLE");
      assertEquals("IDLE: ", unit(box), "as it was asked to be");
    }
  }

  private static void set(Box box, String state) throws Exception {
    Object agent = box.service(AGENT);
    for (Method method : agent.getClass().getMethods()) {
      if (method.getName().equals("set") && method.getParameterCount() == 2) {
        method.setAccessible(true);
        for (Object each : method.getParameterTypes()[1].getEnumConstants()) {
          if (each.toString().equals(state)) {
            method.invoke(agent, SUBJECT, each);
            return;
          }
        }
      }
    }
    throw new AssertionError("no state " + state);
  }

  private static String unit(Box box) {
    Object installed = Box.call(box.service(AGENT), "installed");
    for (Object unit : (List<?>) Box.call(installed, "units")) {
      if (Box.call(unit, "symbolicName").equals(SUBJECT)) {
        return Box.call(unit, "state") + ": " + Box.call(unit, "reason");
      }
    }
    return "none";
  }
}
