package tv.hearth.update.engine;

/** The power goes. */
final class Crash extends Error {
  private static final long serialVersionUID = 1L;

  Crash(String at) {
    super(at);
  }
}
