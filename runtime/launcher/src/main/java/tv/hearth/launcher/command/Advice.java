package tv.hearth.launcher.command;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tv.hearth.launcher.hood.ControlClient;
import tv.hearth.launcher.hood.Hood;
import tv.hearth.launcher.hood.RollCall;

/** What to do where too few boxes answer, which only who knows this machine's boxes can say. */
final class Advice {
  private static final String TOO_FEW = "TOO_FEW_";

  private Advice() {}

  /** Runs a command; a problem of too few boxes says which are off, and the command for it. */
  static <T> T with(Hood hood, Supplier<T> command) {
    try {
      return command.get();
    } catch (ControlClient.CommandFailed e) {
      if (!isTooFew(e)) {
        throw e;
      }
      throw new ControlClient.CommandFailed(
          e.problem(),
          remedy(hood.numbers(), hood.running(), new RollCall(hood).removed(hood.numbers()))
              + " ("
              + e.getMessage()
              + ")");
    }
  }

  /** True where boxes or pieces are missing that may be there at another time. */
  static boolean isTooFew(ControlClient.CommandFailed failure) {
    return failure.problem().startsWith(TOO_FEW);
  }

  /** Those that the operator removed are no help, whether they run or not. */
  static String remedy(List<Integer> known, List<Integer> up, List<Integer> removed) {
    List<Integer> all = without(known, removed);
    List<Integer> running = without(up, removed);
    List<Integer> off = without(all, running);
    if (off.isEmpty()) {
      return "too few of the "
          + all.size()
          + " boxes answered, though all run: see 'hearth status' and try again";
    }
    return "too few boxes answered, "
        + running.size()
        + " of "
        + all.size()
        + " run: hearth box start "
        + off.stream().map(String::valueOf).collect(Collectors.joining(" "));
  }

  private static List<Integer> without(List<Integer> numbers, List<Integer> those) {
    List<Integer> left = new ArrayList<>(numbers);
    left.removeAll(those);
    return left;
  }
}
