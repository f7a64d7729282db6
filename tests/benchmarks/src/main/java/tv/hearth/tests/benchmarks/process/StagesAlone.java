package tv.hearth.tests.benchmarks.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tv.hearth.launcher.hood.JavaCommand;
import tv.hearth.launcher.hood.Node;
import tv.hearth.tests.benchmarks.stage.StageMain;
import tv.hearth.tests.benchmarks.stage.Work;

/** Runs {@link StageMain} in a JVM with a box's flags. */
final class StagesAlone {
  private StagesAlone() {}

  /** Seconds by {@code put STAGE} and {@code get STAGE}. */
  static Map<String, Double> run(Work work) throws IOException {
    Process process =
        new ProcessBuilder(command(work)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    Map<String, Double> seconds = new LinkedHashMap<>();
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int space = line.lastIndexOf(' ');
        seconds.put(line.substring(0, space), Double.parseDouble(line.substring(space + 1)));
      }
    } finally {
      process.destroy();
    }
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException("the stages alone failed, see above");
    }
    return seconds;
  }

  /** The box's command line up to its class path, then ours. */
  private static List<String> command(Work work) {
    String classPath = System.getProperty("java.class.path");
    Node node = new Node("stage", work.folder());
    List<String> box = JavaCommand.box(classPath, work.folder(), node);
    List<String> command = new ArrayList<>(box.subList(0, box.indexOf("-cp") + 1));
    command.add(classPath);
    command.add(StageMain.class.getName());
    command.add(String.valueOf(work.bytes()));
    command.add(String.valueOf(work.k()));
    command.add(String.valueOf(work.n()));
    command.add(work.folder().toString());
    return command;
  }
}
