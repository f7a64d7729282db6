package tv.hearth.tests.benchmarks.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tv.hearth.launcher.hood.ControlClient;
import tv.hearth.launcher.hood.Hood;
import tv.hearth.launcher.hood.JavaCommand;
import tv.hearth.launcher.hood.Node;
import tv.hearth.launcher.ui.Output;

/** {@code run idle}. */
@Command(
    name = "idle",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Processor time and resident memory of boxes that have nothing to do in their neighbourhood,",
      "against Felix with Declarative Services alone: same host, same JVM flags, at the same time.",
      "The worst box counts."
    })
public final class IdleCommand implements Callable<Integer> {
  private static final double CPU_GOAL = 0.01;
  private static final double MEMORY_GOAL = 60;
  private static final String PEER = "{org.apache.felix.scr,org.osgi.}*.jar";

  @Mixin private Common common;

  @Option(names = "--boxes", defaultValue = "4", description = "default: ${DEFAULT-VALUE}")
  private int boxes;

  @Option(
      names = "--settle",
      defaultValue = "60",
      description = "Seconds from joining to measuring (default: ${DEFAULT-VALUE})")
  private int settle;

  @Option(
      names = "--seconds",
      defaultValue = "60",
      description = "How long to measure (default: ${DEFAULT-VALUE})")
  private int measured;

  private Output out;

  @Override
  public Integer call() throws IOException, InterruptedException {
    out = common.output();
    try (LocalHood local = LocalHood.start(boxes, common.folder(), out)) {
      Node peer = peer(local);
      try {
        requireActive(local.hood());
        TimeUnit.SECONDS.sleep(settle);
        return measure(local.hood(), peer);
      } finally {
        peer.stop();
      }
    }
  }

  private static Node peer(LocalHood local) throws IOException {
    Path software = local.hood().folder().resolve("software");
    Path bundles = Files.createDirectory(local.folder().resolve("peer-bundles"));
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(software.resolve("box"), PEER)) {
      for (Path jar : jars) {
        Files.copy(jar, bundles.resolve(jar.getFileName()));
      }
    }
    String classPath = software.resolve("felix.jar") + ":" + software.resolve("host.jar");
    Node peer = new Node("peer", Files.createDirectory(local.folder().resolve("peer")));
    peer.start(JavaCommand.box(classPath, bundles, peer));
    Runtime.getRuntime().addShutdownHook(new Thread(peer::kill, "hearth-benchmark-peer-end"));
    return peer;
  }

  private static void requireActive(Hood hood) {
    for (int number : hood.numbers()) {
      var states = new ControlClient(hood.box(number)).call("/bundles", java.util.Map.of());
      states
          .properties()
          .forEach(
              state -> {
                if (!state.getValue().asBoolean()) {
                  throw new IllegalStateException(
                      "box " + number + ": " + state.getKey() + " is not active");
                }
              });
    }
  }

  private Integer measure(Hood hood, Node peer) throws IOException, InterruptedException {
    List<Node> nodes = new ArrayList<>(hood.numbers().stream().map(hood::box).toList());
    nodes.add(peer);
    double[] cpu = new double[nodes.size()];
    long begin = System.nanoTime();
    for (int i = 0; i < cpu.length; i++) {
      cpu[i] = -Proc.cpuSeconds(MemoryCommand.pid(nodes.get(i)));
    }
    TimeUnit.SECONDS.sleep(measured);
    for (int i = 0; i < cpu.length; i++) {
      cpu[i] += Proc.cpuSeconds(MemoryCommand.pid(nodes.get(i)));
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    double most = 0;
    long largest = 0;
    for (int i = 0; i < cpu.length; i++) {
      long resident = Proc.resident(MemoryCommand.pid(nodes.get(i)));
      tell(nodes.get(i).name(), cpu[i] / seconds, resident);
      boolean box = nodes.get(i) != peer;
      most = box ? Math.max(most, cpu[i] / seconds) : most;
      largest = box ? Math.max(largest, resident) : largest;
    }
    return judge(
        most, largest, cpu[cpu.length - 1] / seconds, Proc.resident(MemoryCommand.pid(peer)));
  }

  private void tell(String name, double share, long resident) {
    out.say(
        String.format(
            Locale.ROOT,
            "  %-8s %5.2f %% of a core, %s RSS",
            name,
            share * 100,
            Sizes.text(resident)));
  }

  private int judge(double share, long resident, double peerShare, long peerResident) {
    Figures figures = new Figures(out);
    figures.put("RSS MB", resident / 1e6);
    figures.put("peer RSS MB", peerResident / 1e6);
    figures.put("peer % of a core", peerShare * 100);
    figures.atMost("idle CPU", "per cent of a core, the worst box,", share * 100, CPU_GOAL * 100);
    figures.atMost(
        "idle memory",
        "MB of RSS above Felix with SCR alone, the largest box,",
        (resident - peerResident) / 1e6,
        MEMORY_GOAL);
    return figures.end();
  }
}
