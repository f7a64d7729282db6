package tv.hearth.launcher.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One file on its way, over as many answers as it takes. One thread at a time. */
final class Transfer {
  private static final Pattern RANGE = Pattern.compile("bytes ([0-9]+)-[0-9]+/([0-9]+)");
  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int NOT_SATISFIABLE = 416;

  private final Sink sink;
  private final LongConsumer progress;

  /** Of the version that comes; empty until an answer named one. */
  private String tag = "";

  private long total = -1;
  private long got;

  Transfer(Sink sink, LongConsumer progress) {
    this.sink = sink;
    this.progress = progress;
  }

  /** From where the last answer ended, of that version alone. */
  void ask(HttpURLConnection connection) {
    if (got > 0 && !tag.isEmpty()) {
      connection.setRequestProperty("Range", "bytes=" + got + "-");
      connection.setRequestProperty("If-Range", tag);
    }
  }

  /** True for an answer that has content, or says that what was asked for is there no more. */
  boolean isContent(int status) {
    return status == OK || status == PARTIAL || status == NOT_SATISFIABLE && got > 0;
  }

  /** Takes the answer's head; says why to ask once more, or nothing where its body is wanted. */
  String begin(HttpURLConnection connection, int status) throws IOException {
    if (status == OK) {
      return whole(connection);
    } else if (status == PARTIAL) {
      return part(connection);
    }
    restart();
    return "it is shorter now than it was";
  }

  private String whole(HttpURLConnection connection) throws IOException {
    String before = tag;
    boolean first = total < 0;
    tag = field(connection, "ETag");
    total = connection.getContentLengthLong();
    got = first || !tag.equals(before) ? sink.begin(tag) : got;
    if (got > 0 && got < total && first && !tag.isEmpty()) {
      return "a part of it is here already";
    } else if (got > 0 && got != total) {
      restart();
    }
    return "";
  }

  private String part(HttpURLConnection connection) throws IOException {
    Matcher range = RANGE.matcher(field(connection, "Content-Range"));
    String version = field(connection, "ETag");
    if (!range.matches()
        || Long.parseLong(range.group(1)) != got
        || Long.parseLong(range.group(2)) != total
        || !version.isEmpty() && !version.equals(tag)) {
      restart();
      return "it answered with bytes that were not asked for";
    }
    return "";
  }

  private static String field(HttpURLConnection connection, String name) {
    return Optional.ofNullable(connection.getHeaderField(name)).orElse("");
  }

  /** How many bytes are here. */
  long got() {
    return got;
  }

  private void restart() throws IOException {
    sink.restart();
    got = 0;
  }

  /** Says what was wrong; nothing where all is here. */
  String copy(InputStream body, byte[] buffer) throws IOException {
    if (got == total) {
      return "";
    }
    for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
      if (total >= 0 && got + read > total) {
        restart();
        return "the answer was longer than it said";
      }
      sink.write(buffer, read);
      got += read;
      progress.accept(got);
    }
    return total < 0 || got == total
        ? ""
        : "the answer ended after " + got + " of " + total + " bytes";
  }
}
