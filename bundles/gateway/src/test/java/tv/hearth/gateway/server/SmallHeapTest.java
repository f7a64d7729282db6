package tv.hearth.gateway.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** As many players as it lets in, half of them slow, in a third of a box's memory. */
@Timeout(300)
class SmallHeapTest {
  private static final int PLAYERS = 32;
  private static final int BYTES = 2_000_000;

  @Test
  void allPlay() throws Exception {
    Process process = start();
    List<Client> players = new ArrayList<>();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      InetSocketAddress address = new InetSocketAddress("127.0.0.1", port(out));
      for (int i = 0; i < PLAYERS; i++) {
        Client client = new Client(address, i % 2 == 0 ? 4096 : 65536);
        players.add(client);
        long first = i * 100_000_000L;
        String range = "Range: bytes=" + first + "-" + (first + BYTES - 1);
        client.send("GET /film/ HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(30));
        client.ask("GET", "/film/synthetic", range);
      }
      for (int i = 0; i < PLAYERS; i++) {
        for (int listing = 0; listing < 30; listing++) {
          assertEquals(200, players.get(i).reply().status());
        }
        byte[] body = players.get(i).reply().body();
        assertArrayEquals(AnswersTest.bytes(i * 100_000_000L, BYTES), body, "player " + i);
      }
      assertTrue(process.isAlive());
    } finally {
      for (Client player : players) {
        player.close();
      }
      process.destroyForcibly().waitFor(2, TimeUnit.MINUTES);
    }
  }

  private static int port(BufferedReader out) throws Exception {
    String line = out.readLine();
    while (line != null && !line.matches("\\d+")) {
      line = out.readLine();
    }
    return Integer.parseInt(String.valueOf(line));
  }

  private static Process start() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return new ProcessBuilder(
            java,
            "-Xmx24m",
            "-XX:MaxDirectMemorySize=4m",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-cp",
            classes,
            ServeFolder.class.getName(),
            "0")
        .redirectErrorStream(true)
        .start();
  }
}
