package tv.hearth.tests.neighbourhood;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tv.hearth.launcher.LauncherException;
import tv.hearth.launcher.command.BoxCommand;
import tv.hearth.launcher.hood.ControlClient.CommandFailed;
import tv.hearth.launcher.hood.FleetClient;
import tv.hearth.launcher.hood.Gateway;
import tv.hearth.launcher.hood.Hood;
import tv.hearth.launcher.hood.Starter;
import tv.hearth.launcher.ui.Progress;

/** What happens to objects when things go wrong with the boxes that hold them. */
final class NeighbourhoodTest {
  private static final int BOXES = 8;
  private static TestHood hood;

  @BeforeAll
  static void up() throws IOException {
    hood = new TestHood(BOXES);
  }

  @AfterAll
  static void down() throws IOException {
    hood.close();
  }

  @AfterEach
  void allBack() throws IOException {
    if (hood.hood().broker().process().isEmpty()) {
      hood.hood().startBroker();
    }
    if (hood.hood().headend().process().isEmpty()) {
      hood.hood().startHeadend();
    }
    hood.start(hood.hood().numbers().toArray(Integer[]::new));
  }

  @Test
  void aFilmIsReadWithHalfOfTheBoxesOff() throws IOException {
    Path film = hood.file("half.bin", 3_000_000, 1);
    hood.put(hood.films(), film, "half-proof");
    List.of(1, 3, 5, 7).forEach(n -> hood.hood().box(n).kill());
    assertArrayEquals(Files.readAllBytes(film), hood.read(2, "film/half.bin"));
    assertArrayEquals(Files.readAllBytes(film), hood.read(8, "film/half.bin"));
  }

  @Test
  void aBoxKilledInTheMiddleOfAPutLeavesAWholeObjectOrNone() throws IOException {
    Path film = hood.file("killed.bin", 40_000_000, 2);
    AtomicLong safe = new AtomicLong();
    CompletableFuture<JsonNode> put =
        CompletableFuture.supplyAsync(
            () -> hood.films().put(film, "killed.bin", "half-proof", progress(safe)));
    TestHood.await("the put's first bytes", () -> safe.get() > 0 || put.isDone());
    hood.hood().box(4).kill();
    JsonNode stored = put.join();
    assertEquals(film.toFile().length(), stored.get("length").asLong());
    assertArrayEquals(Files.readAllBytes(film), hood.read(1, "film/killed.bin"));
  }

  private static Progress progress(AtomicLong safe) {
    return new Progress() {
      @Override
      public void begin(String what, long total) {
        safe.set(0);
      }

      @Override
      public void at(long done) {
        safe.set(done);
      }

      @Override
      public void end() {
        safe.set(Long.MAX_VALUE);
      }
    };
  }

  @Test
  void membersGoOnWhileHeadendAndBrokerAreDown() throws IOException {
    Path film = hood.file("alone.bin", 2_000_000, 3);
    hood.put(hood.films(), film, "film");
    hood.hood().headend().kill();
    hood.hood().broker().kill();
    hood.hood().box(6).kill();
    hood.hood().startBox(6);
    TestHood.await("box 6 is there again", () -> hood.control(6).isUp());
    assertArrayEquals(Files.readAllBytes(film), hood.read(6, "film/alone.bin"));
    Path own = hood.file("own.bin", 600_000, 4);
    hood.put(hood.household(2), own, "half-proof");
    assertArrayEquals(Files.readAllBytes(own), hood.read(2, "object/own.bin"));
  }

  @Test
  void bytesFlippedOnAHoldersDiskCostNoByteOfTheFilm() throws IOException {
    Path film = hood.file("flipped.bin", 4_000_000, 5);
    hood.put(hood.films(), film, "half-proof");
    int flipped = flipPieces(3) + flipPieces(5);
    assertTrue(flipped > 0, "no piece lay on boxes 3 and 5");
    assertArrayEquals(Files.readAllBytes(film), hood.read(1, "film/flipped.bin"));
    assertArrayEquals(Files.readAllBytes(film), hood.read(7, "film/flipped.bin"));
  }

  private static int flipPieces(int box) throws IOException {
    Path pieces = hood.hood().box(box).folder().resolve("home/storage");
    int flipped = 0;
    try (Stream<Path> files = Files.walk(pieces)) {
      for (Path file : files.filter(f -> isPiece(f)).toList()) {
        byte[] content = Files.readAllBytes(file);
        content[content.length / 2] ^= 0x40;
        Files.write(file, content);
        flipped++;
      }
    }
    return flipped;
  }

  private static boolean isPiece(Path file) {
    try {
      return Files.isRegularFile(file)
          && Files.size(file) > 60_000
          && !file.getFileName().toString().contains("index");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aHouseholdsObjectsAreItsOwn() throws IOException {
    Path own = hood.file("private.bin", 300_000, 6);
    hood.put(hood.household(1), own, "home");
    assertArrayEquals(Files.readAllBytes(own), hood.read(1, "object/private.bin"));
    assertEquals(0, names(hood.household(2).list()).filter("private.bin"::equals).count());
    Gateway.NotServed refused =
        assertThrows(Gateway.NotServed.class, () -> hood.read(2, "object/private.bin"));
    assertEquals(404, refused.status());
    CommandFailed failed =
        assertThrows(CommandFailed.class, () -> hood.household(2).delete("private.bin"));
    assertEquals("NOT_FOUND", failed.problem());
  }

  @Test
  void onlyTheContentAuthorityDeletesAFilm() throws IOException {
    Path film = hood.file("kept.bin", 500_000, 7);
    hood.put(hood.films(), film, "film");
    CommandFailed failed =
        assertThrows(
            CommandFailed.class,
            () -> new tv.hearth.launcher.command.Objects(hood.hood(), 3, true).delete("kept.bin"));
    assertEquals("NOT_ALLOWED", failed.problem());
    assertArrayEquals(Files.readAllBytes(film), hood.read(3, "film/kept.bin"));
    hood.films().delete("kept.bin");
    TestHood.await("the film is gone", () -> status(3, "film/kept.bin") == 404);
  }

  @Test
  void rangesBeyondTheEndAndPathsThatClimbAreRefused() throws IOException {
    Path film = hood.file("short.bin", 100_000, 8);
    hood.put(hood.films(), film, "film");
    Gateway.NotServed beyond =
        assertThrows(
            Gateway.NotServed.class, () -> hood.read(1, "film/short.bin", "bytes=100000-100010"));
    assertEquals(416, beyond.status());
    assertEquals(400, status(1, "film/short.bin/..%2f..%2fetc%2fpasswd"));
    assertEquals(404, status(1, "film/nothing.bin"));
  }

  /** The status; 0 where the answer was cut in its middle, as a deletion under a read does it. */
  private static int status(int box, String path) {
    try {
      hood.read(box, path);
      return 200;
    } catch (Gateway.NotServed e) {
      return e.status();
    } catch (IOException e) {
      return 0;
    }
  }

  @Test
  void providersAreUpdatedUnderAReadWithoutALostByte() throws IOException {
    Path film = hood.file("updated.bin", 20_000_000, 9);
    hood.put(hood.films(), film, "film");
    CompletableFuture<byte[]> read =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return hood.read(2, "film/updated.bin");
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    for (String bundle :
        List.of("storage", "transfer", "crypto", "erasure", "placement", "objects")) {
      assertTrue(hood.restart(2, "tv.hearth." + bundle).get("active").asBoolean(), bundle);
    }
    assertArrayEquals(Files.readAllBytes(film), read.join());
    assertArrayEquals(Files.readAllBytes(film), hood.read(2, "film/updated.bin"));
  }

  @Test
  void aLostBoxComesBackAsANewOneInItsPlaceAndReadsEverything() throws IOException {
    Path film = hood.file("lost.bin", 2_000_000, 10);
    hood.put(hood.films(), film, "half-proof");
    int members = members(1);
    String before = hood.control(5).status().get("box").asText();
    hood.hood().lose(5);
    hood.start(5);
    assertTrue(!before.equals(hood.control(5).status().get("box").asText()), "the same identity");
    TestHood.await("box 1's map has not grown", () -> members(1) == members);
    assertEquals(members, registered(), "the old one has left");
    assertArrayEquals(Files.readAllBytes(film), hood.read(5, "film/lost.bin"));
    hood.hood().box(5).kill();
    assertEquals(0, box("remove", "5"));
    TestHood.await("box 5 is no member", () -> members(1) == members - 1);
    assertEquals(List.of(5), new Starter(hood.hood()).up(Progress.NONE), "waits for the others");
    assertTrue(hood.hood().box(5).process().isEmpty(), "it would join in vain");
    assertEquals(0, box("admit", "5"));
    TestHood.await("box 5 is a member again", () -> members(1) == members);
  }

  /** How many the map of a box has. */
  private static int members(int box) {
    return hood.control(box).status().get("members").asInt();
  }

  /** How many members the headend has. */
  private static long registered() throws IOException {
    JsonNode boxes = new FleetClient(hood.hood()).boxes();
    return Stream.iterate(0, i -> i < boxes.size(), i -> i + 1)
        .filter(i -> boxes.get(i).path("departure").asText("MEMBER").equals("MEMBER"))
        .count();
  }

  /** The exit code of {@code hearth box …} on this neighbourhood. */
  private static int box(String... words) {
    List<String> line = new ArrayList<>(List.of(words));
    line.addAll(List.of("--dir", hood.hood().folder().toString()));
    return new CommandLine(new BoxCommand()).execute(line.toArray(String[]::new));
  }

  @Test
  void aPortInUseIsNamedWithItsRemedy() throws IOException {
    hood.hood().box(8).stop();
    int port = java.net.URI.create(hood.hood().gateway(8)).getPort();
    try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
      LauncherException refused =
          assertThrows(LauncherException.class, () -> hood.hood().startBox(8));
      assertTrue(refused.getMessage().contains(String.valueOf(taken.getLocalPort())));
      assertTrue(refused.getMessage().contains("in use"));
    }
  }

  @Test
  void aNeighbourhoodThatIsNotThereIsNamed() {
    LauncherException missing =
        assertThrows(
            LauncherException.class, () -> Hood.open(hood.scratch().resolve("nowhere"), null));
    assertTrue(missing.getMessage().contains("hearth up"));
  }

  private static Stream<String> names(JsonNode objects) {
    return Stream.iterate(0, i -> i < objects.size(), i -> i + 1)
        .map(i -> objects.get(i).get("name").asText());
  }
}
