package tv.hearth.tests.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux tells of a process. */
final class Proc {
  private static final double TICKS_A_SECOND = 100;
  private static final int UTIME = 11;

  private Proc() {}

  /** Seconds of processor time since its start, user and system. */
  static double cpuSeconds(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[UTIME + 1])) / TICKS_A_SECOND;
  }

  /** Resident memory in bytes. */
  static long resident(long pid) throws IOException {
    return status(pid, "VmRSS:");
  }

  /** A line of {@code /proc/PID/status} that is in kB, as bytes. */
  static long status(long pid, String name) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith(name)) {
        return Long.parseLong(line.replaceAll("\\D", "")) << 10;
      }
    }
    throw new IOException("no " + name + " in /proc/" + pid + "/status");
  }
}
