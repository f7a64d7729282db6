package tv.hearth.launcher.hood;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** A node's configuration file of one PID, as FileInstall reads it. */
final class ConfigFile {
  private ConfigFile() {}

  /** Writes {@code node/etc/PID.cfg}. */
  static void write(Path node, String pid, Map<String, ?> values) throws IOException {
    Properties properties = new Properties();
    values.forEach((key, value) -> properties.setProperty(key, value.toString()));
    Path etc = Files.createDirectories(node.resolve("etc"));
    try (var out = Files.newBufferedWriter(etc.resolve(pid + ".cfg"))) {
      properties.store(out, "Written by hearth; change it while the node is stopped or runs");
    }
  }
}
