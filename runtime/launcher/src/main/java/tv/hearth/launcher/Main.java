package tv.hearth.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import tv.hearth.launcher.command.BoxCommand;
import tv.hearth.launcher.command.Demo;
import tv.hearth.launcher.command.Down;
import tv.hearth.launcher.command.Get;
import tv.hearth.launcher.command.Ls;
import tv.hearth.launcher.command.Numbers;
import tv.hearth.launcher.command.OperatorCommand;
import tv.hearth.launcher.command.Put;
import tv.hearth.launcher.command.Rm;
import tv.hearth.launcher.command.Status;
import tv.hearth.launcher.command.Times;
import tv.hearth.launcher.command.Tuf;
import tv.hearth.launcher.command.Up;
import tv.hearth.launcher.command.release.Release;
import tv.hearth.launcher.hood.ControlClient;
import tv.hearth.launcher.ui.Output;
import tv.hearth.support.problem.FileProblem;

/**
 * The {@code hearth} command. Exit status 0: done; 1: it could not be done, one line says why; 2:
 * wrong call. With {@code --json} the last line on standard output is a JSON object then, too:
 * {@code {"error":…}}.
 */
@Command(
    name = "hearth",
    version = "Hearth 0.1.0",
    mixinStandardHelpOptions = true,
    description =
        "A data centre made of set-top boxes, on this machine: each box is a JVM of its own.",
    footerHeading = "%nBegin with:%n",
    footer = {
      "  hearth demo                 store a film, switch half of 24 boxes off, play it",
      "  hearth up --boxes 8         a neighbourhood that stays",
      "  hearth put holiday.mp4 --class half-proof",
      "  hearth status               who is there, and what each object survives",
      "  hearth down"
    },
    subcommands = {
      Demo.class,
      Up.class,
      Put.class,
      Get.class,
      Ls.class,
      Rm.class,
      Status.class,
      BoxCommand.class,
      tv.hearth.launcher.command.fleet.Fleet.class,
      OperatorCommand.class,
      Down.class,
      Release.class,
      Tuf.class,
      CommandLine.HelpCommand.class
    })
public final class Main {
  private static final String JSON = "--json";

  private Main() {}

  /** Runs a command and exits with its status. */
  public static void main(String[] args) {
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return Numbers.on(Times.on(new CommandLine(new Main())))
        .setExecutionExceptionHandler(problems())
        .setParameterExceptionHandler(wrongCalls())
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  private static IExecutionExceptionHandler problems() {
    return (problem, command, parsed) -> {
      boolean expected =
          problem instanceof LauncherException
              || problem instanceof ControlClient.CommandFailed
              || problem instanceof IOException
              || problem instanceof UncheckedIOException;
      if (!expected) {
        problem.printStackTrace();
      }
      String message = message(problem);
      System.err.println("hearth: " + message);
      Map<String, String> result = new LinkedHashMap<>(Map.of("error", message));
      if (problem instanceof ControlClient.CommandFailed) {
        result.put("problem", ((ControlClient.CommandFailed) problem).problem());
      }
      new Output(parsed.originalArgs().contains(JSON)).result(result);
      return 1;
    };
  }

  private static IParameterExceptionHandler wrongCalls() {
    IParameterExceptionHandler usual = new CommandLine(new Main()).getParameterExceptionHandler();
    return (problem, args) -> {
      int status = usual.handleParseException(problem, args);
      hint(args).ifPresent(problem.getCommandLine().getErr()::println);
      new Output(List.of(args).contains(JSON)).result(Map.of("error", problem.getMessage()));
      return status;
    };
  }

  /** A file's name may begin as an option does. */
  private static Optional<String> hint(String[] args) {
    return Stream.of(args)
        .filter(arg -> arg.matches("-[^-].+"))
        .findFirst()
        .map(arg -> "A name that begins with - goes behind --: hearth " + args[0] + " -- " + arg);
  }

  private static String message(Exception problem) {
    if (problem instanceof IOException) {
      return FileProblem.words((IOException) problem);
    } else if (problem instanceof UncheckedIOException) {
      return FileProblem.words((UncheckedIOException) problem);
    }
    return problem.getMessage() == null ? problem.toString() : problem.getMessage();
  }
}
