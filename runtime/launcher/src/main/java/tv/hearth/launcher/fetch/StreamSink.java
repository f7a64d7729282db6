package tv.hearth.launcher.fetch;

import java.io.IOException;
import java.io.OutputStream;
import tv.hearth.launcher.LauncherException;
import tv.hearth.support.problem.FileProblem;

/** A pipe, a device or memory: what went there can't be taken back. Closes nothing. */
final class StreamSink implements Sink {
  private final OutputStream out;
  private String version;
  private long written;

  StreamSink(OutputStream out) {
    this.out = out;
  }

  @Override
  public long begin(String tag) {
    if (written > 0 && (tag.isEmpty() || !tag.equals(version))) {
      throw changed();
    }
    version = tag;
    return written;
  }

  @Override
  public void restart() {
    if (written > 0) {
      throw changed();
    }
  }

  private static LauncherException changed() {
    return new LauncherException(
        "it was stored anew while it was read, and a stream can't be begun again: get it again");
  }

  @Override
  public void write(byte[] bytes, int length) {
    try {
      out.write(bytes, 0, length);
      written += length;
    } catch (IOException e) {
      throw gone(e);
    }
  }

  @Override
  public void finish() {
    try {
      out.flush();
    } catch (IOException e) {
      throw gone(e);
    }
  }

  private static LauncherException gone(IOException problem) {
    return new LauncherException(
        "whoever takes the bytes takes no more: " + FileProblem.words(problem), problem);
  }
}
