package tv.hearth.tests.benchmarks.stage;

import java.io.IOException;

/** One kind of work. Each worker has one of its own. */
interface Stage extends AutoCloseable {
  /** Does it for about that many bytes. */
  void run(long bytes) throws Exception;

  /** Makes one for each worker. */
  interface Maker {
    Stage make() throws Exception;
  }

  @Override
  default void close() throws IOException {
    // most hold nothing
  }
}
