package tv.hearth.headend.registry.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table of claims as older and newer releases have it. */
class ClaimTableTest {
  private static final String FIRST = "a".repeat(32);
  private static final String SECOND = "b".repeat(32);
  private static final String THIRD = "c".repeat(32);

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void place() {
    file = folder.resolve("claims");
  }

  private ClaimTable table(String... lines) throws IOException {
    Files.writeString(file, "hearth-claims 1\n" + String.join("\n", lines) + "\n");
    return ClaimTable.read(file);
  }

  @Test
  void whatANewerReleaseSaysOfClaimsStays() throws IOException {
    String replaced = new Claim(FIRST, ClaimKind.BOX).id();
    String[] lines = {
      FIRST + " box - until 2030",
      SECOND + " box " + replaced + " by me",
      THIRD + " lighthouse - far away",
    };
    ClaimTable table = table(lines);
    assertEquals(2, table.size(), "a claim of an unknown kind admits nobody");
    assertTrue(table.isReplaced(replaced));
    Claim fresh = new Claim("d".repeat(32), ClaimKind.INGEST);
    table.with(fresh).write(file);
    Set<String> after = Set.copyOf(Files.readAllLines(file));
    assertTrue(after.containsAll(Set.of(lines)), after.toString());
    assertTrue(after.contains(fresh.code() + " ingest"), "as the first release reads it");
    assertEquals(3, ClaimTable.read(file).size());
  }

  @Test
  void aTornOrNewerTableIsRefusedAndStays() throws IOException {
    assertThrows(IOException.class, () -> table(FIRST));
    Files.writeString(file, "hearth-claims 2\n");
    IOException refused = assertThrows(IOException.class, () -> ClaimTable.read(file));
    assertTrue(refused.getMessage().contains("run what wrote it"), refused.getMessage());
    assertEquals("hearth-claims 2\n", Files.readString(file));
  }
}
