package tv.hearth.tests.benchmarks;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import tv.hearth.tests.benchmarks.process.IdleCommand;
import tv.hearth.tests.benchmarks.process.MemoryCommand;
import tv.hearth.tests.benchmarks.process.PipelineCommand;
import tv.hearth.tests.benchmarks.process.UpdateCommand;

/**
 * Runs one benchmark, or all of them one after the other. Exit status 0: every goal was reached; 1:
 * one was missed; 2: wrong call; 3: a benchmark could not be run.
 */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Benchmarks, each against a named peer in the same run, with PASS or FAIL where there is a",
      "goal. Without a name: all of them, about 15 minutes on two idle cores."
    },
    subcommands = {
      ErasureCommand.class,
      PipelineCommand.class,
      MemoryCommand.class,
      IdleCommand.class,
      UpdateCommand.class
    })
public final class Main implements Callable<Integer> {
  private static final int FAILED = 3;

  private Main() {}

  /** Runs and exits. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setExecutionExceptionHandler(
            (problem, command, parsed) -> {
              problem.printStackTrace();
              return FAILED;
            });
  }

  @Override
  public Integer call() {
    int worst = 0;
    for (String name : List.of("erasure", "pipeline", "memory", "idle", "update")) {
      worst = Math.max(worst, commandLine().execute(name));
    }
    return worst;
  }
}
