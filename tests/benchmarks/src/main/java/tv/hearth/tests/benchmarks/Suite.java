package tv.hearth.tests.benchmarks;

import java.util.List;

/**
 * A benchmark class and the ratios that it must reach.
 *
 * @param benchmark the JMH class
 * @param parameterName name of its one {@code @Param}
 * @param peer the peer and its version, for people
 */
record Suite(Class<?> benchmark, String parameterName, String peer, List<Row> rows) {}
