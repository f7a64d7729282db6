package tv.hearth.launcher.fetch;

/**
 * Where the bytes of one file go. What goes wrong there is a {@code LauncherException}, which
 * asking again does not mend. One thread at a time.
 */
interface Sink {
  /**
   * An answer begins whose bytes are those of a version.
   *
   * @param tag the version's ETag; empty where there is none, and then nothing can be resumed
   * @return how many of its bytes are here already
   */
  long begin(String tag);

  /** What came was of another version: it is thrown away. */
  void restart();

  /** The next bytes. */
  void write(byte[] bytes, int length);

  /** All are here. */
  void finish();
}
