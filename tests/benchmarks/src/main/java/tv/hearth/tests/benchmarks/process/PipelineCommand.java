package tv.hearth.tests.benchmarks.process;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tv.hearth.launcher.command.Objects;
import tv.hearth.launcher.hood.Hood;
import tv.hearth.launcher.ui.Output;
import tv.hearth.launcher.ui.Progress;
import tv.hearth.tests.benchmarks.stage.Work;

/** {@code run pipeline}. */
@Command(
    name = "pipeline",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Put and get through boxes, a JVM each, over TLS, against the slowest single stage alone.",
      "The stages (cipher, code, hash, TLS, disk) do the same work in one JVM with a box's flags and",
      "all cores, warm. Rounds of stages, put and get take turns; medians count. Before that the boxes'",
      "JVMs are warmed up by rounds of put and get, the first of which are told as cold."
    })
public final class PipelineCommand implements Callable<Integer> {
  private static final double GOAL = 3;
  private static final String NAME = "pipeline.bin";

  @Mixin private Common common;

  @Option(names = "--boxes", defaultValue = "24", description = "default: ${DEFAULT-VALUE}")
  private int boxes;

  @Option(
      names = "--size",
      defaultValue = "256MB",
      converter = Sizes.class,
      description = "Of the object (default: ${DEFAULT-VALUE})")
  private long size;

  @Option(names = "--class", defaultValue = "film", description = "default: ${DEFAULT-VALUE}")
  private String durability;

  @Option(
      names = "--warm-ups",
      defaultValue = "12",
      description =
          "Rounds before measuring: until 25 JVMs have compiled what is hot (default: ${DEFAULT-VALUE})")
  private int warmUps;

  @Option(names = "--rounds", defaultValue = "3", description = "default: ${DEFAULT-VALUE}")
  private int rounds;

  private final Map<String, List<Double>> seconds = new LinkedHashMap<>();
  private Output out;
  private Hood hood;
  private long sum;
  private int k;
  private int n;

  @Override
  public Integer call() throws IOException {
    out = common.output();
    try (LocalHood local = LocalHood.start(boxes, common.folder(), out)) {
      hood = local.hood();
      Path source = local.folder().resolve(NAME);
      sum = TestFile.write(source, size);
      round(source, "cold ");
      for (int round = 0; round < warmUps; round++) {
        round(source, "warming ");
      }
      for (int round = 0; round < rounds; round++) {
        StagesAlone.run(new Work(size, k, n, local.folder())).forEach(this::add);
        round(source, "");
      }
    }
    return report();
  }

  private void round(Path source, String mark) throws IOException {
    Objects catalogue = new Objects(hood, 0, true);
    long begin = System.nanoTime();
    JsonNode stored = catalogue.put(source, NAME, durability, Progress.NONE);
    add(mark + "put", since(begin));
    k = stored.get("survives").get("k").asInt();
    n = stored.get("survives").get("n").asInt();
    long reading = System.nanoTime();
    Download.whole(hood.gateway(1), NAME, size, sum, bytes -> {});
    add(mark + "get", since(reading));
    catalogue.delete(NAME);
  }

  private static double since(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }

  private void add(String what, double value) {
    seconds.computeIfAbsent(what, key -> new ArrayList<>()).add(value);
    out.say(String.format(Locale.ROOT, "  %-12s %7.3f s", what, value));
  }

  private double median(String what) {
    List<Double> values = seconds.get(what).stream().sorted().toList();
    return values.get(values.size() / 2);
  }

  private int report() {
    Figures figures = new Figures(out);
    figures.put("boxes", boxes);
    figures.put("bytes", size);
    figures.put("k", k);
    figures.put("n", n);
    out.say("");
    out.say(
        String.format(
            Locale.ROOT,
            "%s in %d of %d pieces, medians of %d rounds:",
            Sizes.text(size),
            k,
            n,
            rounds));
    for (String what : seconds.keySet()) {
      figures.put(what + " s", median(what));
      out.say(
          String.format(
              Locale.ROOT,
              "  %-12s %7.3f s  %7.1f MB/s",
              what,
              median(what),
              size / 1e6 / median(what)));
    }
    judge(figures, "put");
    judge(figures, "get");
    return figures.end();
  }

  private void judge(Figures figures, String way) {
    String slowest =
        seconds.keySet().stream()
            .filter(name -> name.startsWith(way + " "))
            .max(Comparator.comparingDouble(this::median))
            .orElseThrow();
    figures.put("slowest " + way, slowest);
    figures.atMost(
        way + " ratio",
        "times its slowest stage alone (" + slowest + ")",
        median(way) / median(slowest),
        GOAL);
  }
}
