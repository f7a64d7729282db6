package tv.hearth.launcher.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tv.hearth.launcher.fetch.Script.of;
import static tv.hearth.launcher.fetch.Script.range;
import static tv.hearth.launcher.fetch.Script.version;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.launcher.LauncherException;
import tv.hearth.launcher.hood.Gateway;
import tv.hearth.launcher.hood.Waiting;

/** Against a gateway that cuts, stalls, and says "not now"; the clock is moved by the pauses. */
class ClientTest {
  private final List<Long> pauses = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private Outlook outlook = () -> "";
  private long nanos;
  @TempDir private Path folder;

  private Path read(Script script) throws IOException {
    Client.Times times =
        new Client.Times(500, this::pause, () -> new Waiting(Client.STANDSTILL, () -> nanos));
    Path target = folder.resolve("film.mp4");
    new Reader(new Client(script.base(), notes::add, () -> outlook.hopeless(), times), got -> {})
        .file("film/x", target);
    return target;
  }

  private void pause(long millis) {
    pauses.add(millis);
    nanos += TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private List<String> inFolder() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aCutAnswerIsAskedForAgainFromWhereItEnded() throws IOException {
    try (Script script =
        new Script(
            of(version("a", 10), "0123"),
            of(range("a", 4, 10), "45"),
            of(range("a", 6, 10), "6789"))) {
      assertEquals("0123456789", Files.readString(read(script)));
      assertEquals(
          List.of("", "Range: bytes=4- If-Range: \"a\"", "Range: bytes=6- If-Range: \"a\""),
          script.asked().subList(0, 3));
    }
    assertEquals(List.of("film.mp4"), inFolder());
    assertEquals(List.of(), notes, "nothing to tell as long as bytes come");
  }

  @Test
  void aStalledAnswerIsGivenUpAndAskedForAgain() throws IOException {
    CountDownLatch done = new CountDownLatch(1);
    try (Script script =
        new Script(
            out -> {
              of(version("a", 6), "012").write(out);
              awaitOrFail(done);
            },
            of(range("a", 3, 6), "345"))) {
      Thread release = new Thread(() -> releaseAfterPause(done), "release");
      release.start();
      assertEquals("012345", Files.readString(read(script)));
    }
  }

  /** The script serves one at a time: the stalled one ends when the client has turned away. */
  private void releaseAfterPause(CountDownLatch done) {
    while (pauses.isEmpty()) {
      Thread.onSpinWait();
    }
    done.countDown();
  }

  private static void awaitOrFail(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void notNowIsAskedAgainWhenItSays() throws IOException {
    try (Script script =
        new Script(
            of("503 Busy\r\nRetry-After: 7\r\nContent-Length: 13", "too few boxes"),
            of(version("a", 3), "abc"))) {
      assertEquals("abc", Files.readString(read(script)));
    }
    assertEquals(List.of(7_000L), pauses);
    assertEquals(List.of("  too few boxes; trying again"), notes);
  }

  @Test
  void whereWaitingIsNoHelpItEndsWithWhatIsKnown() throws IOException {
    outlook = () -> "2 of 3 pieces: hearth box start 4";
    try (Script script = new Script(of("503 Busy\r\nRetry-After: 7\r\nContent-Length: 0", ""))) {
      String said = assertThrows(LauncherException.class, () -> read(script)).getMessage();
      assertEquals("2 of 3 pieces: hearth box start 4", said);
      assertEquals(1, script.asked().size());
    }
    assertTrue(nanos < TimeUnit.SECONDS.toNanos(5), "waited " + nanos);
    assertEquals(List.of(), inFolder());
  }

  @Test
  void aBoxThatIsBackAtTheSecondLookIsAskedAgain() throws IOException {
    List<String> looks = new ArrayList<>(List.of("off", "", "off", ""));
    outlook = () -> looks.remove(0);
    try (Script script =
        new Script(
            of("503 Busy\r\nContent-Length: 0", ""),
            of("503 Busy\r\nContent-Length: 0", ""),
            of(version("a", 3), "abc"))) {
      assertEquals("abc", Files.readString(read(script)));
    }
    assertEquals(List.of(), looks);
  }

  @Test
  void theGoodOldCopyStaysUntilAllIsHere() throws IOException {
    Path old = Files.writeString(folder.resolve("film.mp4"), "old");
    try (Script script =
        new Script(of(version("a", 100), "new"), of("503 Busy\r\nContent-Length: 3", "no!"))) {
      LauncherException thrown = assertThrows(LauncherException.class, () -> read(script));
      assertTrue(
          thrown
              .getMessage()
              .startsWith("film/x: nothing more has come for 2 min, of 3 bytes so far: no!"),
          thrown.getMessage());
    }
    assertEquals("old", Files.readString(old));
    assertEquals(2, inFolder().size(), "and what came beside it");
    Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rw-r-----"));
    try (Script script = new Script(of(version("a", 6), "newer!"), of(range("a", 3, 6), "er!"))) {
      assertEquals("newer!", Files.readString(read(script)));
      assertEquals("Range: bytes=3- If-Range: \"a\"", script.asked().get(1), "goes on");
    }
    assertEquals(List.of("film.mp4"), inFolder());
    assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(old)));
  }

  @Test
  void anotherVersionBeginsAnewAndLeavesNothingOfTheFirst() throws IOException {
    try (Script script = new Script(of(version("a", 6), "012"), of(version("b", 4), "abcd"))) {
      assertEquals("abcd", Files.readString(read(script)));
    }
    assertEquals(List.of("film.mp4"), inFolder());
  }

  @Test
  void anAnswerWithoutAVersionIsNeverPutTogether() throws IOException {
    try (Script script =
        new Script(
            of("200 OK\r\nContent-Length: 6", "012"), of("200 OK\r\nContent-Length: 4", "abcd"))) {
      assertEquals("abcd", Files.readString(read(script)));
      assertEquals(List.of("", ""), script.asked().subList(0, 2));
    }
  }

  @Test
  void bytesThatWereNotAskedForAreNotTaken() throws IOException {
    try (Script script =
        new Script(
            of(version("a", 6), "012"),
            of(range("a", 2, 6), "2345"),
            of(version("a", 6), "012345"))) {
      assertEquals("012345", Files.readString(read(script)));
    }
  }

  @Test
  void aShorterFileIsReadAnew() throws IOException {
    try (Script script =
        new Script(
            of(version("a", 6), "0123"),
            of("416 No\r\nContent-Range: bytes */2\r\nContent-Length: 0", ""),
            of(version("c", 2), "ab"))) {
      assertEquals("ab", Files.readString(read(script)));
    }
  }

  @Test
  void noIsNoAtOnce() throws IOException {
    try (Script script = new Script(of("404 No\r\nContent-Length: 7", "no film"))) {
      Gateway.NotServed thrown = assertThrows(Gateway.NotServed.class, () -> read(script));
      assertEquals("404 no film", thrown.status() + " " + thrown.getMessage());
    }
    assertEquals(List.of(), inFolder());
  }

  @Test
  void aFileThatSomebodyElseWritesIsLeftToHim() throws IOException {
    try (Script script = new Script(of(version("a", 6), "012"), of("503 Busy", ""))) {
      assertThrows(LauncherException.class, () -> read(script));
    }
    Path part = folder.resolve(inFolder().get(0));
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE);
        var lock = channel.lock();
        Script script = new Script(of(version("a", 6), "012345"))) {
      assertTrue(lock.isValid());
      String said = assertThrows(LauncherException.class, () -> read(script)).getMessage();
      assertTrue(said.startsWith("another 'hearth get' is writing "), said);
    }
    assertEquals("012", Files.readString(part));
  }

  /** /dev/full is full from its first byte on. */
  @Test
  void aFullDiskIsNamedByItsPath() throws IOException {
    Path full = Files.createSymbolicLink(folder.resolve("film.mp4"), Path.of("/dev/full"));
    try (Script script = new Script(of(version("a", 3), "abc"))) {
      String said = assertThrows(LauncherException.class, () -> read(script)).getMessage();
      assertTrue(said.contains("No space left on device"), said);
      assertFalse(said.contains("Exception"), said);
    }
    assertTrue(Files.isSymbolicLink(full));
  }

  @Test
  void aLinkStaysALink() throws IOException {
    Path real = Files.writeString(folder.resolve("real"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("film.mp4"), real);
    try (Script script = new Script(of(version("a", 3), "new"))) {
      read(script);
    }
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("new", Files.readString(real));
  }
}
