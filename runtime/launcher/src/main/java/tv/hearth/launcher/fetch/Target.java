package tv.hearth.launcher.fetch;

import java.nio.file.Files;
import java.nio.file.Path;
import tv.hearth.launcher.LauncherException;

/** Where something is written to, as {@code cp} takes it. */
public final class Target {
  private Target() {}

  /**
   * The file or folder that it becomes.
   *
   * @param given as typed; null: under its name, here
   * @param name of what is written
   * @param folder true where that is one
   * @throws LauncherException where it can't be
   */
  public static Path of(String given, String name, boolean folder) {
    Path path = Path.of(given == null ? name : given).toAbsolutePath().normalize();
    boolean inside = given != null && Files.isDirectory(path);
    if (given != null && given.endsWith("/") && !inside && !folder) {
      throw new LauncherException("there is no folder " + given + ": make it (mkdir -p) first");
    }
    Path target = inside ? path.resolve(name) : path;
    Path parent = target.getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      throw new LauncherException("there is no folder " + parent + ": make it (mkdir -p) first");
    }
    if (folder && Files.exists(target) && !Files.isDirectory(target)) {
      throw new LauncherException(
          target + " is a file, and '" + name + "' a folder: write it elsewhere by -o");
    } else if (!folder && Files.isDirectory(target)) {
      throw new LauncherException(
          target + " is a folder, and '" + name + "' a file: write it elsewhere by -o");
    }
    return target;
  }
}
