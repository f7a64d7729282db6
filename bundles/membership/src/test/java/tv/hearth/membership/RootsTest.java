package tv.hearth.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.headend.registry.operator.OperatorKeys;

class RootsTest {
  @TempDir Path temp;

  @Test
  void allRootsOfTheFileAreTaken() throws Exception {
    Path one = operator("one").anchor();
    Path two = operator("two").anchor();
    Path both = temp.resolve("both.pem");
    Files.writeString(both, Files.readString(one) + Files.readString(two));
    assertEquals(1, Roots.read(one.toString()).size());
    assertEquals(2, Roots.read(both.toString()).size());
  }

  private OperatorKeys operator(String name) throws IOException {
    Path dir = temp.resolve(name);
    return OperatorKeys.create(dir, "hamlet", Clock.systemUTC(), new SecureRandom());
  }

  @Test
  void whatIsNoAnchorIsNamed() throws IOException {
    IOException missing = assertThrows(IOException.class, () -> Roots.read(null));
    assertTrue(missing.getMessage().contains("set 'anchor'"), missing.getMessage());
    Path empty = Files.writeString(temp.resolve("empty.pem"), "");
    Path text = Files.writeString(temp.resolve("text.pem"), "hello");
    for (Path file : new Path[] {empty, text}) {
      IOException e = assertThrows(IOException.class, () -> Roots.read(file.toString()));
      assertTrue(e.getMessage().contains("install the operator's anchor"), e.getMessage());
    }
  }
}
