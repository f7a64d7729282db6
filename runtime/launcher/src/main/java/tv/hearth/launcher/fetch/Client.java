package tv.hearth.launcher.fetch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import tv.hearth.launcher.LauncherException;
import tv.hearth.launcher.hood.Gateway;
import tv.hearth.launcher.hood.Waiting;
import tv.hearth.support.problem.FileProblem;

/**
 * Asks a gateway as its format page wants it of every client: an answer that is cut or stalls is
 * asked for again by its range, a 503 after the time that it says; as long as bytes come, and for
 * two minutes without one, unless it is known before that waiting is no help. One thread at a time.
 */
public final class Client {
  static final Duration STANDSTILL = Duration.ofMinutes(2);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BUFFER = 64 << 10;
  private static final int UNAVAILABLE = 503;
  private static final int MOST_REASON = 2_000;
  private static final long SECOND_LOOK_MILLIS = 2_000;

  private final String base;
  private final Times times;
  private final Consumer<String> note;
  private final Outlook outlook;

  /**
   * How long is waited, and how.
   *
   * @param stallMillis without a byte, after which a connection is given up
   * @param pause waits that many milliseconds
   * @param waiting notices a standstill
   */
  record Times(int stallMillis, LongConsumer pause, Supplier<Waiting> waiting) {}

  /**
   * Of a box.
   *
   * @param base with a slash at its end
   * @param note is told once why something takes longer
   * @param outlook is asked where the box says "not now"
   */
  public Client(String base, Consumer<String> note, Outlook outlook) {
    this(base, note, outlook, new Times(30_000, Client::sleep, () -> new Waiting(STANDSTILL)));
  }

  Client(String base, Consumer<String> note, Outlook outlook, Times times) {
    this.base = base;
    this.note = note;
    this.outlook = outlook;
    this.times = times;
  }

  private static void sleep(long millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /** A listing. */
  public JsonNode json(String path) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    read(path, new StreamSink(bytes), got -> {});
    return JSON.readTree(bytes.toByteArray());
  }

  /**
   * Reads a file to its end.
   *
   * @param progress told how many of its bytes are here
   * @throws Gateway.NotServed where the box says no, and not "not now"
   */
  long read(String path, Sink sink, LongConsumer progress) throws IOException {
    Waiting waiting = times.waiting().get();
    Transfer transfer = new Transfer(sink, progress);
    Backoff backoff = new Backoff();
    while (true) {
      long before = transfer.got();
      Trouble trouble = attempt(path, transfer, backoff);
      if (trouble.words().isEmpty()) {
        sink.finish();
        return transfer.got();
      }
      if (waiting.standsStill(transfer.got())) {
        throw new LauncherException(
            path
                + ": nothing more has come for "
                + STANDSTILL.toMinutes()
                + " min, of "
                + transfer.got()
                + " bytes so far: "
                + trouble.words()
                + ". Try again, or through another box (--box N); it goes on from there");
      }
      if (transfer.got() == before) {
        if (trouble.notNow()) {
          requireHope();
        }
        note.accept("  " + trouble.words() + "; trying again");
      }
      times.pause().accept(backoff.millis(transfer.got() > before));
    }
  }

  /** Looked at twice: a box that is being started anew is off for a moment. */
  private void requireHope() {
    if (!outlook.hopeless().isEmpty()) {
      times.pause().accept(SECOND_LOOK_MILLIS);
      String still = outlook.hopeless();
      if (!still.isEmpty()) {
        throw new LauncherException(still);
      }
    }
  }

  /**
   * What was wrong.
   *
   * @param words none where all is here
   * @param notNow whether the box said that it can't now
   */
  private record Trouble(String words, boolean notNow) {}

  private Trouble attempt(String path, Transfer transfer, Backoff backoff) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(base + path).toURL().openConnection();
    connection.setConnectTimeout(times.stallMillis());
    connection.setReadTimeout(times.stallMillis());
    connection.setInstanceFollowRedirects(false);
    transfer.ask(connection);
    try {
      int status = connection.getResponseCode();
      if (status == UNAVAILABLE) {
        backoff.askedFor(connection.getHeaderField("Retry-After"));
        return new Trouble(reason(connection, status), true);
      } else if (!transfer.isContent(status)) {
        throw new Gateway.NotServed(status, reason(connection, status));
      }
      String again = transfer.begin(connection, status);
      if (!again.isEmpty()) {
        return new Trouble(again, false);
      }
      try (InputStream body = connection.getInputStream()) {
        return new Trouble(transfer.copy(body, new byte[BUFFER]), false);
      }
    } catch (SocketTimeoutException e) {
      return new Trouble("no byte came for " + times.stallMillis() / 1000 + " s", false);
    } catch (Gateway.NotServed e) {
      throw e;
    } catch (IOException e) {
      return new Trouble("the connection ended (" + FileProblem.words(e) + ")", false);
    } finally {
      connection.disconnect();
    }
  }

  private static String reason(HttpURLConnection connection, int status) throws IOException {
    try (InputStream body = connection.getErrorStream()) {
      String said =
          body == null
              ? ""
              : new String(body.readNBytes(MOST_REASON), StandardCharsets.UTF_8).strip();
      return said.isEmpty() ? "the gateway answered " + status : said;
    }
  }
}
