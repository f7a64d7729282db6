package tv.hearth.tests.neighbourhood;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import tv.hearth.launcher.command.Objects;
import tv.hearth.launcher.hood.ControlClient;
import tv.hearth.launcher.hood.Gateway;
import tv.hearth.launcher.hood.Hood;
import tv.hearth.launcher.hood.Installation;
import tv.hearth.launcher.hood.Starter;
import tv.hearth.launcher.ui.Progress;

/** A running neighbourhood in a temporary folder, ended and deleted when it is closed. */
final class TestHood implements AutoCloseable {
  private final Path folder;
  private final Hood hood;
  private final Thread atEnd;

  TestHood(int boxes) throws IOException {
    folder = Files.createTempDirectory("hearth-test-");
    hood = Hood.create(folder.resolve("hood"), boxes, "", "open", Installation.own());
    atEnd = new Thread(() -> Starter.down(hood), "test-hood-end");
    Runtime.getRuntime().addShutdownHook(atEnd);
    try {
      new Starter(hood).up(Progress.NONE);
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  Hood hood() {
    return hood;
  }

  Path scratch() {
    return folder;
  }

  Gateway gateway(int box) {
    return new Gateway(hood.gateway(box));
  }

  ControlClient control(int box) {
    return new ControlClient(hood.box(box));
  }

  Objects films() {
    return new Objects(hood, 0, true);
  }

  Objects household(int box) {
    return new Objects(hood, box, false);
  }

  JsonNode put(Objects objects, Path file, String durability) {
    return objects.put(file, file.getFileName().toString(), durability, Progress.NONE);
  }

  /** A file of bytes that don't compress. */
  Path file(String name, int length, long seed) throws IOException {
    byte[] content = new byte[length];
    new Random(seed).nextBytes(content);
    return Files.write(folder.resolve(name), content);
  }

  byte[] read(int throughBox, String path) throws IOException {
    return read(throughBox, path, "");
  }

  /**
   * Reads as a player does: a 503 says that it passes, as while boxes come back after the test
   * before, and is tried again for a minute; each is printed with its reason.
   */
  byte[] read(int throughBox, String path, String range) throws IOException {
    AtomicReference<IOException> failure = new AtomicReference<>();
    AtomicReference<byte[]> read = new AtomicReference<>();
    await(
        "an answer of box " + throughBox + " for " + path,
        () -> {
          try (InputStream in = gateway(throughBox).open(path, range).body()) {
            read.set(in.readAllBytes());
            return true;
          } catch (Gateway.NotServed e) {
            System.out.println(path + ": " + e.status() + " " + e.getMessage());
            failure.set(e);
            return e.status() != 503;
          } catch (IOException e) {
            failure.set(e);
            return true;
          }
        });
    if (read.get() == null) {
      throw failure.get();
    }
    return read.get();
  }

  void start(Integer... boxes) {
    new Starter(hood).boxes(java.util.List.of(boxes), Progress.NONE);
  }

  JsonNode restart(int box, String bundle) {
    return control(box).call("/restart", Map.of("bundle", bundle));
  }

  static void await(String what, BooleanSupplier condition) {
    Starter.await(Duration.ofMinutes(2), condition, () -> "waited in vain: " + what);
  }

  @Override
  public void close() throws IOException {
    Starter.down(hood);
    Runtime.getRuntime().removeShutdownHook(atEnd);
    Hood.deleteTree(folder);
  }
}
