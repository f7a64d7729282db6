package tv.hearth.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tv.hearth.launcher.hood.Hood;

/**
 * Does what most commands begin with, for Java to keep those classes in its archive: {@code
 * -XX:ArchiveClassesAtExit}. A command then takes half of the time. Starts and keeps nothing.
 */
final class WarmUp {
  private static final String HOOD =
      "{\"boxes\":1,\"broker\":\"\",\"budget\":\"open\",\"ports\":[1,2,3,4,5,6,7,8]}";

  private WarmUp() {}

  /** Asks a neighbourhood of one box, that never ran, how it is. */
  public static void main(String[] args) throws IOException, ClassNotFoundException {
    Path folder = Files.createTempDirectory("hearth-warm-");
    try {
      String dir = folder.toString();
      Files.writeString(folder.resolve("hood.json"), HOOD);
      Main.commandLine().execute("status", "--json", "--dir", dir);
      Main.commandLine().execute("ls", "--dir", dir);
      Main.commandLine().execute("put", "-", "--dir", dir);
      Class.forName("tv.hearth.launcher.hood.ControlClient");
      Class.forName("tv.hearth.launcher.fetch.Client");
    } finally {
      Hood.deleteTree(folder);
    }
  }
}
