package tv.hearth.launcher.hood;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.launcher.LauncherException;

/** Against listeners that answer as they should, half, or not at all. */
class ControlClientTest {
  @TempDir private Path folder;
  private ServerSocket server;
  private Node node;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
    node = new Node("box-1", folder);
  }

  @AfterEach
  void end() throws IOException {
    server.close();
  }

  /** This JVM plays the box. */
  static void runs(Path node) throws IOException {
    String stat = Files.readString(Path.of("/proc/self/stat"));
    String ticks = stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19];
    Files.writeString(node.resolve("pid"), ProcessHandle.current().pid() + " " + ticks);
  }

  private void told() throws IOException {
    Files.writeString(
        node.controlFile(),
        "{\"port\":" + server.getLocalPort() + ",\"authorization\":\"Bearer x\"}");
  }

  private CompletableFuture<Void> answer(String... lines) {
    return CompletableFuture.runAsync(
        () -> {
          try (Socket socket = server.accept()) {
            String answer = "HTTP/1.1 200 OK\r\nContent-Type: x\r\n\r\n" + String.join("\n", lines);
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
  }

  private String fails() {
    return assertThrows(
            LauncherException.class,
            () ->
                new ControlClient(node)
                    .call("/put", Map.of("a", "ü &"), Duration.ofMillis(300), line -> {}))
        .getMessage();
  }

  @Test
  void whoDoesNotRunIsSaidToWithTheRemedy() throws IOException {
    assertEquals("box-1 does not run: start the neighbourhood with 'hearth up'", fails());
    runs(folder);
    assertTrue(fails().startsWith("box-1 is starting and takes no command yet: try again"));
  }

  @Test
  void progressIsToldAndTheLastLineIsTheResult() throws Exception {
    runs(folder);
    told();
    CompletableFuture<Void> answer =
        answer("{\"safe\":1,\"read\":2}", "{\"safe\":3}", "{\"name\":\"x\"}");
    List<Long> safe = new ArrayList<>();
    assertEquals(
        "x",
        new ControlClient(node)
            .call(
                "/put",
                Map.of(),
                Duration.ofSeconds(20),
                line -> safe.add(line.get("safe").asLong()))
            .get("name")
            .asText());
    assertEquals(List.of(1L, 3L), safe);
    answer.get();
  }

  @Test
  void anAnswerThatBreaksOffIsNoResult() throws Exception {
    runs(folder);
    told();
    CompletableFuture<Void> answer = answer("{\"safe\":1}");
    assertTrue(fails().startsWith("box-1 broke off in the middle of /put; its log: "));
    answer.get();
  }

  @Test
  void whoSaysNothingIsNotWaitedForForEver() throws IOException {
    runs(folder);
    told();
    assertTrue(fails().startsWith("box-1 has not answered for 1 s; its log: "));
  }

  @Test
  void whoRefusesIsNamedWithoutAnExceptionsName() throws IOException {
    runs(folder);
    told();
    server.close();
    assertTrue(
        fails().startsWith("box-1 does not answer (Connection refused); its log: "), fails());
  }
}
