package tv.hearth.tests.benchmarks.stage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * {@code StageMain BYTES K N FOLDER}: runs each stage of a put and of a get alone, on all cores,
 * and prints a line {@code put|get STAGE SECONDS} for each. Each ran twice before it is measured.
 */
public final class StageMain {
  private static final int WARM_UPS = 2;
  private static final int WORKERS = Math.max(1, Runtime.getRuntime().availableProcessors());

  private StageMain() {}

  /** Runs all stages. */
  public static void main(String[] args) throws Exception {
    Work work =
        new Work(
            Long.parseLong(args[0]),
            Integer.parseInt(args[1]),
            Integer.parseInt(args[2]),
            Path.of(args[3]));
    for (Map.Entry<String, Stage.Maker> stage : stages(work).entrySet()) {
      boolean plain =
          stage.getKey().startsWith("get") || stage.getKey().matches(".* (cipher|code)");
      double seconds = measure(stage.getValue(), plain ? work.bytes() : work.pieceBytes());
      System.out.printf(Locale.ROOT, "%s %.4f%n", stage.getKey(), seconds);
    }
  }

  private static Map<String, Stage.Maker> stages(Work work) {
    Map<String, Stage.Maker> stages = new LinkedHashMap<>();
    stages.put("put cipher", () -> new CipherStage(false));
    stages.put("put code", () -> new CodeStage(work.k(), work.n(), false));
    stages.put("put hash", HashStage::new);
    stages.put("put TLS", () -> new TlsStage(work));
    stages.put("put disk", () -> new DiskStage(work, false));
    stages.put("get cipher", () -> new CipherStage(true));
    stages.put("get code", () -> new CodeStage(work.k(), work.n(), true));
    stages.put("get hash", HashStage::new);
    stages.put("get TLS", () -> new TlsStage(work));
    stages.put("get disk", () -> new DiskStage(work, true));
    return stages;
  }

  private static double measure(Stage.Maker maker, long bytes) throws Exception {
    List<Stage> workers = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(WORKERS);
    try {
      for (int i = 0; i < WORKERS; i++) {
        workers.add(maker.make());
      }
      for (int i = 0; i < WARM_UPS; i++) {
        once(threads, workers, bytes);
      }
      return once(threads, workers, bytes);
    } finally {
      threads.shutdown();
      for (Stage worker : workers) {
        worker.close();
      }
    }
  }

  private static double once(ExecutorService threads, List<Stage> workers, long bytes)
      throws Exception {
    List<Callable<Void>> parts = new ArrayList<>();
    for (Stage worker : workers) {
      parts.add(
          () -> {
            worker.run(bytes / workers.size());
            return null;
          });
    }
    long begin = System.nanoTime();
    for (Future<Void> part : threads.invokeAll(parts)) {
      part.get();
    }
    return (System.nanoTime() - begin) / 1e9;
  }
}
