package tv.hearth.launcher.hood;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tv.hearth.launcher.LauncherException;
import tv.hearth.support.problem.FileProblem;

/**
 * One process of the neighbourhood and its folder: {@code etc/} (configuration), {@code home/}
 * (state), {@code framework/} (the framework's cache), {@code log.txt}, {@code pid}.
 *
 * @param name e.g. {@code box-3}
 */
public record Node(String name, Path folder) {
  private static final Duration STOP = Duration.ofSeconds(15);
  private static final int TAIL = 4_000;

  /** Field 22 of proc(5)'s stat, counted from behind the name. */
  private static final int START_TICKS = 19;

  private static final String UNKNOWN = "unknown";

  /** Its log: standard output and error. */
  public Path log() {
    return folder.resolve("log.txt");
  }

  /** Where its control listener writes address and token. */
  public Path controlFile() {
    return folder.resolve("control.json");
  }

  /** Configuration files. */
  public Path etc() {
    return folder.resolve("etc");
  }

  /**
   * Starts {@code command}, detached from this process's terminal; its output goes to the log. One
   * arena for glibc's malloc, which otherwise keeps up to eight a core.
   */
  public void start(List<String> command) {
    if (process().isPresent()) {
      throw new LauncherException(name + " is running already");
    }
    try {
      Files.deleteIfExists(controlFile());
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
      builder.environment().putIfAbsent("MALLOC_ARENA_MAX", "1");
      FileNames.keepIn(builder.environment());
      Process process = builder.start();
      Path whole = folder.resolve("pid.tmp");
      Files.writeString(whole, process.pid() + " " + startOf(process.toHandle()));
      Files.move(whole, folder.resolve("pid"), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new LauncherException("can't start " + name + ": " + FileProblem.words(e), e);
    }
  }

  /** The running process, told apart from a later one with the same number by its start. */
  public Optional<ProcessHandle> process() {
    try {
      String[] parts = Files.readString(folder.resolve("pid")).trim().split(" ");
      return ProcessHandle.of(Long.parseLong(parts[0]))
          .filter(ProcessHandle::isAlive)
          .filter(h -> !isDead(h))
          .filter(h -> startOf(h).equals(parts[1]) || startInstant(h).equals(parts[1]));
    } catch (java.nio.file.NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      throw new LauncherException(
          "can't read "
              + folder.resolve("pid")
              + ": end "
              + name
              + "'s process yourself if it runs, then delete that file",
          e);
    }
  }

  /**
   * True for one that was ended and whose parent has not asked for its status yet: it runs no more,
   * and in a container without an init it stays so for good.
   */
  private static boolean isDead(ProcessHandle handle) {
    return stat(handle).map(fields -> "ZX".contains(fields[0])).orElse(false);
  }

  /**
   * Clock ticks from boot to its start, where the kernel tells: {@code startInstant} moves by a
   * second when the machine's clock is set.
   */
  private static String startOf(ProcessHandle handle) {
    return stat(handle).map(fields -> fields[START_TICKS]).orElseGet(() -> startInstant(handle));
  }

  /** Fields of proc(5)'s stat from the third on, the state; empty where there is none. */
  private static Optional<String[]> stat(ProcessHandle handle) {
    try {
      String stat = Files.readString(Path.of("/proc/" + handle.pid() + "/stat"));
      return Optional.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String startInstant(ProcessHandle handle) {
    return handle.info().startInstant().map(Instant::toString).orElse(UNKNOWN);
  }

  /** Stops in an orderly way, by force after 15 s. */
  public void stop() {
    process()
        .ifPresent(
            handle -> {
              handle.destroy();
              if (!ended(handle, STOP)) {
                kill();
              }
            });
  }

  /** Ends at once, as a power cut does to a process. */
  public void kill() {
    process()
        .ifPresent(
            handle -> {
              handle.destroyForcibly();
              ended(handle, STOP);
            });
  }

  private static boolean ended(ProcessHandle handle, Duration patience) {
    try {
      handle.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new LauncherException("can't wait for process " + handle.pid(), e);
    }
  }

  /** The end of its log, for messages. */
  public String tail() {
    try (RandomAccessFile file = new RandomAccessFile(log().toFile(), "r")) {
      byte[] end = new byte[(int) Math.min(TAIL, file.length())];
      file.seek(file.length() - end.length);
      file.readFully(end);
      return new String(end, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "(no log: " + FileProblem.words(e) + ")";
    }
  }

  /** Resident memory in bytes now and at its peak, from the kernel; empty where it does not run. */
  public Optional<long[]> memory() {
    return process()
        .flatMap(
            handle -> {
              try {
                long[] memory = new long[2];
                for (String line :
                    Files.readAllLines(Path.of("/proc/" + handle.pid() + "/status"))) {
                  if (line.startsWith("VmRSS:")) {
                    memory[0] = kilobytes(line);
                  } else if (line.startsWith("VmHWM:")) {
                    memory[1] = kilobytes(line);
                  }
                }
                return Optional.of(memory);
              } catch (IOException e) {
                return Optional.empty();
              }
            });
  }

  private static long kilobytes(String line) {
    return Long.parseLong(line.replaceAll("\\D", "")) << 10;
  }
}
