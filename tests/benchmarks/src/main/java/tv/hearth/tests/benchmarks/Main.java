package tv.hearth.tests.benchmarks;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs suites and prints each row's ratio. Exit code 0: every goal was reached; 1: one was missed;
 * 2: wrong arguments.
 */
public final class Main {
  private static final int WARM_UPS = 5;
  private static final int MEASUREMENTS = 5;
  private static final double BYTES_A_MEGABYTE = 1e6;

  private Main() {}

  /**
   * @param names suites to run; all of them when there is none
   */
  public static void main(String[] names) throws RunnerException {
    Map<String, Suite> chosen = new LinkedHashMap<>();
    for (String name :
        names.length == 0 ? Suites.byName().keySet() : new TreeSet<>(List.of(names))) {
      Suite suite = Suites.byName().get(name);
      if (suite == null) {
        System.err.println("no benchmark '" + name + "': there are " + Suites.byName().keySet());
        System.exit(2);
      }
      chosen.put(name, suite);
    }
    boolean reached = true;
    for (Map.Entry<String, Suite> entry : chosen.entrySet()) {
      reached &= run(entry.getKey(), entry.getValue());
    }
    System.exit(reached ? 0 : 1);
  }

  private static boolean run(String name, Suite suite) throws RunnerException {
    System.out.printf("%s, peer: %s%n", name, suite.peer());
    Map<String, Double> scores = measure(suite);
    boolean reached = true;
    for (Row row : suite.rows()) {
      double ours = scores.get(key(row.ours(), row.parameter()));
      double peer = scores.get(key(row.peer(), row.parameter()));
      double ratio = ours / peer;
      boolean met = ratio >= row.goal();
      reached &= met;
      System.out.printf(
          "%-10s %-8s %9.0f MB/s  peer %7.0f MB/s  ratio %6.1f  %s%n",
          row.ours(),
          row.parameter(),
          ours * row.bytes() / BYTES_A_MEGABYTE,
          peer * row.bytes() / BYTES_A_MEGABYTE,
          ratio,
          row.goal() == 0 ? "no goal" : (met ? "PASS" : "FAIL") + " (goal " + row.goal() + ")");
    }
    return reached;
  }

  /** Calls a second, by method and parameter. */
  private static Map<String, Double> measure(Suite suite) throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(suite.benchmark().getName() + "\\.")
                    .forks(1)
                    .warmupIterations(WARM_UPS)
                    .warmupTime(TimeValue.seconds(1))
                    .measurementIterations(MEASUREMENTS)
                    .measurementTime(TimeValue.seconds(1))
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();
    Map<String, Double> scores = new LinkedHashMap<>();
    for (RunResult result : results) {
      String benchmark = result.getParams().getBenchmark();
      String method = benchmark.substring(benchmark.lastIndexOf('.') + 1);
      String parameter = result.getParams().getParam(suite.parameterName());
      scores.put(key(method, parameter), result.getPrimaryResult().getScore());
    }
    return scores;
  }

  private static String key(String method, String parameter) {
    return method + " " + parameter;
  }
}
