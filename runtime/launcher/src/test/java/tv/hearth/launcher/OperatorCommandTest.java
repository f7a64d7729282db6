package tv.hearth.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.headend.registry.operator.OperatorKeys;

class OperatorCommandTest {
  @TempDir Path temp;
  private OperatorKeys keys;
  private Path folder;

  @BeforeEach
  void make() throws Exception {
    folder = temp.resolve("op");
    keys = OperatorKeys.create(folder, "hamlet", Clock.systemUTC(), new SecureRandom());
  }

  private int run(String... args) {
    String[] all = Arrays.copyOf(args, args.length + 2);
    all[args.length] = "--operator";
    all[args.length + 1] = folder.toString();
    return Main.commandLine().execute(all);
  }

  @Test
  void theEpochIsRaisedWhereTheRootsKeyIsAtHand() throws Exception {
    assertEquals(0, run("operator", "raise-epoch"));
    assertEquals(1, keys.epoch());
    Files.delete(keys.rootKey());
    assertEquals(1, run("operator", "raise-epoch"));
    assertEquals(1, keys.epoch());
  }

  @Test
  void certificatesAreMadeAnew() throws Exception {
    for (String which : new String[] {"operator", "controller", "broker"}) {
      Path file =
          switch (which) {
            case "operator" -> keys.operatorCertificate();
            case "controller" -> keys.controllerCertificate();
            default -> keys.brokerCertificate();
          };
      String before = Files.readString(file);
      assertEquals(0, run("operator", "renew", which));
      assertFalse(Files.readString(file).equals(before), which);
    }
    assertEquals(0, run("operator", "renew", "broker", "--name", "[::1]", "--name", "b.example"));
    assertEquals(2, run("operator", "renew", "nobody"));
  }

  @Test
  void claimsAreMadeAndMayReplaceOthers() throws Exception {
    assertEquals(0, run("operator", "claim"));
    Path made;
    try (var files = Files.list(folder.resolve("claims"))) {
      made = files.findFirst().orElseThrow();
    }
    String id = made.getFileName().toString().replace(".claim", "");
    assertEquals(0, run("operator", "claim", "--in-place-of", id));
    String table = Files.readString(keys.headendCredentials().resolve("claims"));
    assertTrue(table.strip().endsWith(" box " + id), "the second line names the first claim");
    assertEquals(1, run("operator", "claim", "--in-place-of", "0123456789abcdef"));
  }
}
