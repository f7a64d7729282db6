package tv.hearth.tests.simulation;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/**
 * {@code tests/simulation/run [--seeds N] [--from S] [--mutation M]}: runs seeds and tells which
 * failed.
 */
public final class Simulate {
  private Simulate() {}

  /**
   * What came of some seeds.
   *
   * @param failed the least seed that broke something; −1 for none
   * @param told what it broke, and how to see it again
   * @param virtualSeconds of all of them
   */
  record Outcome(
      long failed, String told, double virtualSeconds, long acknowledged, long puts, long reads) {}

  /** Runs seeds, on all processors. */
  static Outcome seeds(long from, int count, Mutation mutation) {
    AtomicLong millis = new AtomicLong();
    AtomicLong acknowledged = new AtomicLong();
    AtomicLong puts = new AtomicLong();
    AtomicLong reads = new AtomicLong();
    long failed =
        LongStream.range(from, from + count)
            .parallel()
            .filter(
                seed -> {
                  Run.Result result = new Run(seed, mutation).run();
                  millis.addAndGet((long) (1_000 * result.virtualSeconds()));
                  acknowledged.addAndGet(result.acknowledged());
                  puts.addAndGet(result.stored());
                  reads.addAndGet(result.certainReads());
                  return !result.violation().isEmpty();
                })
            .findFirst()
            .orElse(-1);
    String told = failed < 0 ? "" : told(failed, mutation);
    return new Outcome(
        failed, told, millis.get() / 1e3, acknowledged.get(), puts.get(), reads.get());
  }

  private static String told(long seed, Mutation mutation) {
    Run.Result result = new Run(seed, mutation).run();
    String planted = mutation == Mutation.NONE ? "" : " --mutation " + mutation;
    return result.violation()
        + "\ntrace "
        + result.trace()
        + "; again: tests/simulation/run --from "
        + seed
        + " --seeds 1"
        + planted;
  }

  /** Exit status 0 where all held, 1 where a seed broke something, 2 for a wrong call. */
  public static void main(String[] args) {
    long from = 1;
    int count = 10_000;
    Mutation mutation = Mutation.NONE;
    try {
      for (int i = 0; i < args.length; i += 2) {
        switch (args[i]) {
          case "--from" -> from = Long.parseLong(args[i + 1]);
          case "--seeds" -> count = Integer.parseInt(args[i + 1]);
          case "--mutation" -> mutation = Mutation.valueOf(args[i + 1].toUpperCase(Locale.ROOT));
          default -> throw new IllegalArgumentException("no option " + args[i]);
        }
      }
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      System.err.println(
          e.getMessage() + "; usage: tests/simulation/run [--seeds N] [--from S] [--mutation M]");
      System.exit(2);
    }
    long begin = System.nanoTime();
    Outcome outcome = seeds(from, count, mutation);
    double seconds = (System.nanoTime() - begin) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%d seeds of %d boxes, %d puts stored, %d heads acknowledged, %d reads certain; %.0f virtual seconds in"
            + " %.1f s: %.0f times as fast%n",
        count,
        Run.BOXES,
        outcome.puts(),
        outcome.acknowledged(),
        outcome.reads(),
        outcome.virtualSeconds(),
        seconds,
        outcome.virtualSeconds() / seconds);
    if (count == 1) {
      System.out.println("trace " + new Run(from, mutation).run().trace());
    }
    if (outcome.failed() >= 0) {
      System.out.println("FAILED " + outcome.told());
      System.exit(1);
    }
  }
}
