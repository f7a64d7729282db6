package tv.hearth.tests.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tv.hearth.launcher.command.Objects;
import tv.hearth.launcher.hood.Hood;
import tv.hearth.launcher.hood.Node;
import tv.hearth.launcher.ui.Output;
import tv.hearth.launcher.ui.Progress;

/** {@code run memory}. */
@Command(
    name = "memory",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Put and get of a large object; resident memory and heap of the storing and of the reading box",
      "must stay flat: the maximum in the last quarter of the bytes against that in the second.",
      "Takes 2.5 times the object's size on disk, for as long as it runs."
    })
public final class MemoryCommand implements Callable<Integer> {
  private static final double GOAL = 1.10;
  private static final int READER = 1;
  private static final String NAME = "memory.bin";

  @Mixin private Common common;

  @Option(names = "--boxes", defaultValue = "8", description = "default: ${DEFAULT-VALUE}")
  private int boxes;

  @Option(
      names = "--size",
      defaultValue = "1GB",
      converter = Sizes.class,
      description = "Of the object (default: ${DEFAULT-VALUE}; the goal is told for 10GB)")
  private long size;

  private Output out;
  private Figures figures;

  @Override
  public Integer call() throws IOException {
    out = common.output();
    figures = new Figures(out);
    figures.put("bytes", size);
    checkRoom();
    try (LocalHood local = LocalHood.start(boxes, common.folder(), out)) {
      Path source = local.folder().resolve(NAME);
      long sum = TestFile.write(source, size);
      put(local.hood(), source);
      get(local.hood(), sum);
      holders(local.hood());
    }
    return figures.end();
  }

  private void checkRoom() throws IOException {
    long free = Files.getFileStore(common.folder()).getUsableSpace();
    if (free < 3 * size) {
      throw new IOException(
          Sizes.text(free)
              + " free in "
              + common.folder()
              + ": 3 times the object's size is needed");
    }
  }

  private void put(Hood hood, Path source) throws IOException {
    long begin = System.nanoTime();
    try (MemoryWatch watch = new MemoryWatch(hood.box(0), size)) {
      new Objects(hood, 0, true).put(source, NAME, "film", new At(watch));
      tell("put", watch, begin);
    }
  }

  private void get(Hood hood, long sum) throws IOException {
    long begin = System.nanoTime();
    try (MemoryWatch watch = new MemoryWatch(hood.box(READER), size)) {
      Download.whole(hood.gateway(READER), NAME, size, sum, watch::at);
      tell("get", watch, begin);
    }
  }

  private void tell(String way, MemoryWatch watch, long begin) {
    double seconds = (System.nanoTime() - begin) / 1e9;
    figures.put(way + " s", seconds);
    figures.put(way + " RSS by quarter", watch.resident());
    figures.put(way + " heap by quarter", watch.heap());
    out.say(String.format(Locale.ROOT, "%s %.1f s, %.1f MB/s", way, seconds, size / 1e6 / seconds));
    for (int quarter = 0; quarter < MemoryWatch.QUARTERS; quarter++) {
      out.say(
          String.format(
              Locale.ROOT,
              "  quarter %d: RSS at most %s, heap %s",
              quarter + 1,
              Sizes.text(watch.resident()[quarter]),
              Sizes.text(watch.heap()[quarter])));
    }
    figures.atMost(
        way + " growth", "RSS in the last quarter, of the second's,", watch.growth(), GOAL);
  }

  private void holders(Hood hood) throws IOException {
    long most = 0;
    for (int number : hood.running()) {
      most = Math.max(most, Proc.status(pid(hood.box(number)), "VmHWM:"));
    }
    figures.put("highest RSS of any box", most);
    out.say("highest RSS of any box: " + Sizes.text(most));
  }

  static long pid(Node node) throws IOException {
    return node.process()
        .orElseThrow(() -> new IOException(node.name() + " ended: " + node.tail()))
        .pid();
  }

  /** Passes progress on. */
  private record At(MemoryWatch watch) implements Progress {
    @Override
    public void begin(String what, long total) {
      watch.at(0);
    }

    @Override
    public void at(long done) {
      watch.at(done);
    }

    @Override
    public void end() {
      // the caller tells
    }
  }
}
