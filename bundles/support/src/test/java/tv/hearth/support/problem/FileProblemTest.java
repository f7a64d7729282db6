package tv.hearth.support.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileProblemTest {
  @TempDir private Path folder;

  private static String words(org.junit.jupiter.api.function.Executable what) {
    return FileProblem.words(assertThrows(IOException.class, what));
  }

  @Test
  void theSystemsAnswersAreWords() throws IOException {
    Path gone = folder.resolve("gone");
    assertEquals(gone + ": no such file or folder", words(() -> Files.size(gone)));
    assertEquals(folder + ": is there already", words(() -> Files.createDirectory(folder)));
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertEquals(file + ": is no folder", words(() -> Files.newDirectoryStream(file)));
    assertEquals(folder + ": is a folder with something in it", words(() -> Files.delete(folder)));
    assertTrue(
        words(() -> Files.size(file.resolve("inside"))).endsWith(": not a directory"),
        "as the system says it");
  }

  @Test
  void aHostThatIsNotThereIsMoreThanItsName() {
    assertEquals(
        "no such host: h.example", FileProblem.words(new UnknownHostException("h.example")));
    String more = "h.example: Name or service not known";
    assertEquals(more, FileProblem.words(new UnknownHostException(more)));
  }

  @Test
  void noClassIsNamed() {
    assertEquals("a: can't be used", FileProblem.words(new FileSystemException("a")));
    assertEquals(
        "a: no space left on device",
        FileProblem.words(new FileSystemException("a", null, "No space left on device")));
    assertEquals("no connection could be made", FileProblem.words(new ConnectException()));
    assertEquals("the connection was closed", FileProblem.words(new ClosedChannelException()));
    assertEquals("it ended too early", FileProblem.words(new EOFException()));
    assertEquals("socket timeout", FileProblem.words(new SocketTimeoutException()));
    assertEquals("no reason is given", FileProblem.words(new IOException()));
    assertEquals("no reason is given", FileProblem.words((Throwable) new Exception()));
    assertEquals("why", FileProblem.words((Throwable) new Exception("why")));
    Throwable closed = new ClosedChannelException();
    assertEquals("the connection was closed", FileProblem.words(closed));
    assertEquals(
        "as it is", FileProblem.words(new UncheckedIOException(new IOException("as it is"))));
  }
}
