package tv.hearth.tests.benchmarks;

/**
 * A line of a suite's table: two JMH methods of one class with the same parameter, the first
 * measured against the second in one run.
 *
 * @param parameter value of the class's one {@code @Param}
 * @param ours name of our benchmark method
 * @param peer name of the peer's
 * @param bytes bytes that one call handles, for showing MB/s
 * @param goal the ratio of throughputs that must be reached, or 0 when there is none yet
 */
record Row(String parameter, String ours, String peer, long bytes, double goal) {
  Row {
    if (bytes <= 0 || goal < 0) {
      throw new IllegalArgumentException("bytes " + bytes + ", goal " + goal);
    }
  }
}
