package tv.hearth.launcher.ui;

/** Tells how far something is. Called by one thread at a time. */
public interface Progress {
  /** Nobody looks. */
  Progress NONE =
      new Progress() {
        @Override
        public void begin(String what, long total) {
          // nobody looks
        }

        @Override
        public void at(long done) {
          // nobody looks
        }

        @Override
        public void end() {
          // nobody looks
        }
      };

  /** Something with that many steps begins. */
  void begin(String what, long total);

  /** So many are done. */
  void at(long done);

  /** It is over. */
  void end();
}
