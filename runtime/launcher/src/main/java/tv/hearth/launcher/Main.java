package tv.hearth.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import tv.hearth.launcher.command.BoxCommand;
import tv.hearth.launcher.command.Demo;
import tv.hearth.launcher.command.Down;
import tv.hearth.launcher.command.Get;
import tv.hearth.launcher.command.Ls;
import tv.hearth.launcher.command.Put;
import tv.hearth.launcher.command.Rm;
import tv.hearth.launcher.command.Status;
import tv.hearth.launcher.command.Up;
import tv.hearth.launcher.hood.ControlClient;

/**
 * The {@code hearth} command. Exit status 0: done; 1: it could not be done, one line says why; 2:
 * wrong call.
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
      Down.class,
      CommandLine.HelpCommand.class
    })
public final class Main {
  private Main() {}

  /** Runs a command and exits with its status. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setExecutionExceptionHandler(problems())
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
      System.err.println("hearth: " + problem.getMessage());
      return 1;
    };
  }
}
