package tv.hearth.tests.benchmarks;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tv.hearth.launcher.ui.Output;
import tv.hearth.tests.benchmarks.process.Common;
import tv.hearth.tests.benchmarks.process.Figures;

/** {@code run erasure}: the suite of that name, under JMH. */
@Command(
    name = "erasure",
    mixinStandardHelpOptions = true,
    description = "The erasure code against Apache Hadoop's table-driven coder, under JMH")
final class ErasureCommand implements Callable<Integer> {
  private static final String NAME = "erasure";
  private static final int WARM_UPS = 5;
  private static final int MEASUREMENTS = 5;
  private static final double BYTES_A_MEGABYTE = 1e6;

  @Mixin private Common common;

  @Override
  public Integer call() throws RunnerException {
    Suite suite = Suites.byName().get(NAME);
    Output out = common.output();
    out.say(NAME + ", peer: " + suite.peer());
    Figures figures = new Figures(out);
    Map<String, Double> scores = measure(suite);
    for (Row row : suite.rows()) {
      double ours = scores.get(key(row.ours(), row.parameter()));
      double peer = scores.get(key(row.peer(), row.parameter()));
      String name = row.ours() + " " + row.parameter();
      out.say(
          String.format(
              java.util.Locale.ROOT,
              "  %-16s %7.0f MB/s, peer %5.0f MB/s",
              name,
              ours * row.bytes() / BYTES_A_MEGABYTE,
              peer * row.bytes() / BYTES_A_MEGABYTE));
      if (row.goal() == 0) {
        figures.put(name, ours / peer);
      } else {
        figures.atLeast(name, "ratio to the peer", ours / peer, row.goal());
      }
    }
    return figures.end();
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
