package tv.hearth.launcher.hood;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.launcher.LauncherException;

/** With real processes. */
class NodeTest {
  private static final List<String> SLEEP = List.of("sleep", "60");
  @TempDir private Path folder;
  private Node node;

  @BeforeEach
  void make() {
    node = new Node("box-1", folder);
  }

  @AfterEach
  void end() throws IOException {
    Files.deleteIfExists(folder.resolve("pid.tmp"));
    if (Files.exists(folder.resolve("pid")) && Files.size(folder.resolve("pid")) > 0) {
      node.kill();
    }
  }

  @Test
  void stopEndsARealProcess() throws Exception {
    Files.writeString(node.controlFile(), "{}");
    node.start(SLEEP);
    assertFalse(Files.exists(node.controlFile()), "the last run's address");
    ProcessHandle process = node.process().orElseThrow();
    assertTrue(node.memory().orElseThrow()[0] > 0);
    LauncherException twice = assertThrows(LauncherException.class, () -> node.start(SLEEP));
    assertEquals("box-1 is running already", twice.getMessage());
    node.stop();
    process.onExit().get(2, TimeUnit.MINUTES);
    assertTrue(node.process().isEmpty());
    assertTrue(node.memory().isEmpty());
    node.stop();
    node.start(SLEEP);
    assertTrue(node.process().isPresent(), "starts over a stale pid file");
  }

  /** A process that does not heed the orderly stop is ended like a pulled plug. */
  @Test
  void killEndsWhatDoesNotListen() throws Exception {
    node.start(List.of("sh", "-c", "trap '' TERM; echo deaf; while :; do sleep 1; done"));
    Starter.await(
        java.time.Duration.ofMinutes(2), () -> node.tail().contains("deaf"), () -> "no output");
    ProcessHandle process = node.process().orElseThrow();
    node.kill();
    process.onExit().get(2, TimeUnit.MINUTES);
    assertTrue(node.process().isEmpty());
  }

  /** In a container whose first process waits for nobody, an ended process stays in the table. */
  @Test
  void aProcessThatNobodyWaitedForRunsNoMore() throws Exception {
    Process parent =
        new ProcessBuilder("sh", "-c", "sleep 60 & echo $!; exec sleep 60")
            .redirectErrorStream(true)
            .start();
    try (var lines = parent.inputReader()) {
      long child = Long.parseLong(lines.readLine());
      String stat = Files.readString(Path.of("/proc/" + child + "/stat"));
      String ticks = stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19];
      Files.writeString(folder.resolve("pid"), child + " " + ticks);
      assertTrue(node.process().isPresent(), "it sleeps");
      // A shell that is not yet the second sleep might still ask for its child's status.
      Starter.await(
          java.time.Duration.ofMinutes(2),
          () -> parent.info().command().orElse("").endsWith("/sleep"),
          () -> "the shell goes on");
      ProcessHandle.of(child).orElseThrow().destroyForcibly();
      Starter.await(
          java.time.Duration.ofMinutes(2), () -> node.process().isEmpty(), () -> "still there");
      assertTrue(Files.exists(Path.of("/proc/" + child)), "in the table all the same");
      node.start(SLEEP);
    } finally {
      parent.destroyForcibly();
    }
  }

  @Test
  void aReusedNumberIsAnotherProcess() throws IOException {
    long self = ProcessHandle.current().pid();
    Files.writeString(folder.resolve("pid"), self + " 1");
    assertTrue(node.process().isEmpty(), "this JVM is not the node");
    node.kill();
    Files.writeString(folder.resolve("pid"), "4194305 1");
    assertTrue(node.process().isEmpty(), "no such process");
    Files.delete(folder.resolve("pid"));
  }

  /** The kernel's ticks stay, where a start as time of day moves with the clock. */
  @Test
  void theStartIsNotATimeOfDay() throws IOException {
    node.start(SLEEP);
    assertTrue(Files.readString(folder.resolve("pid")).matches("[0-9]+ [0-9]+"));
  }

  @Test
  void aDamagedPidFileIsNamedWithItsRemedy() throws IOException {
    Files.writeString(folder.resolve("pid"), "");
    LauncherException thrown = assertThrows(LauncherException.class, node::process);
    assertTrue(thrown.getMessage().contains(folder.resolve("pid").toString()));
    assertTrue(thrown.getMessage().contains("then delete that file"), thrown.getMessage());
  }

  /** Java takes the locale's encoding for names: a node's must be able to say all. */
  @Test
  void nodesRunInALocaleOfUtf8() throws Exception {
    node.start(List.of("sh", "-c", "locale charmap"));
    Starter.await(java.time.Duration.ofMinutes(2), () -> !node.tail().isEmpty(), () -> "no output");
    assertEquals("UTF-8", node.tail().strip());
  }

  @Test
  void whatCannotStartIsNamed() {
    LauncherException thrown =
        assertThrows(LauncherException.class, () -> node.start(List.of("/no/such/program")));
    assertTrue(thrown.getMessage().startsWith("can't start box-1: "), thrown.getMessage());
    assertTrue(node.process().isEmpty());
  }

  @Test
  void theTailIsTheEndOfTheLog() throws IOException {
    assertTrue(node.tail().startsWith("(no log: "));
    Files.writeString(node.log(), "x".repeat(10_000) + "the end");
    assertEquals(4_000, node.tail().length());
    assertTrue(node.tail().endsWith("the end"));
  }
}
