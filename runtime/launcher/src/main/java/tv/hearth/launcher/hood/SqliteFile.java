package tv.hearth.launcher.hood;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tv.hearth.launcher.LauncherException;
import tv.hearth.support.problem.FileProblem;

/**
 * SQLite's native library beside the installation: what a vendor's firmware carries where the
 * partition of the box's data may hold no programs. Immutable.
 */
record SqliteFile(Installation installation) {
  private static final String PROPERTY = "hearth.sqlite.library";

  /** The command of a JVM whose state lies in {@code folder}, with the library if it needs it. */
  List<String> into(List<String> command, Path folder) {
    try {
      List<String> whole = new ArrayList<>(command);
      whole.addAll(1, options(folder.toRealPath(), Mounts.now(), System.getProperty("os.arch")));
      return whole;
    } catch (IOException e) {
      throw new LauncherException(
          "can't tell how " + folder + " is mounted: " + FileProblem.words(e), e);
    }
  }

  /** The options; none where the folder, a real path, may hold programs. */
  List<String> options(Path folder, Mounts mounts, String processor) {
    if (!mounts.isNoexec(folder)) {
      return List.of();
    }
    Path file =
        installation.nativeLibraries().resolve(folderOf(processor)).resolve("libsqlitejdbc.so");
    return List.of("-D" + PROPERTY + "=" + file);
  }

  /** Java's name of a processor in the driver's words. */
  private static String folderOf(String processor) {
    return switch (processor) {
      case "amd64" -> "x86_64";
      case "arm" -> "armv7";
      default -> processor;
    };
  }
}
