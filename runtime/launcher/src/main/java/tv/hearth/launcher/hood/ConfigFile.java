package tv.hearth.launcher.hood;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/**
 * A node's configuration file of one PID, as FileInstall reads it: in ISO 8859-1, whatever else
 * there is as {@code \\u} escapes. So a folder may have any name.
 */
final class ConfigFile {
  private static final String ENDING = ".cfg";

  private ConfigFile() {}

  /** Writes {@code node/etc/PID.cfg}. */
  static void write(Path node, String pid, Map<String, ?> values) throws IOException {
    Properties properties = new Properties();
    values.forEach((key, value) -> properties.setProperty(key, value.toString()));
    store(node, pid, properties);
  }

  /** Reads it. */
  static Properties read(Path node, String pid) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(file(node, pid))) {
      properties.load(in);
    }
    return properties;
  }

  /** Changes one value of it. */
  static void change(Path node, String pid, String key, String value) throws IOException {
    Properties properties = read(node, pid);
    properties.setProperty(key, value);
    store(node, pid, properties);
  }

  private static void store(Path node, String pid, Properties properties) throws IOException {
    Files.createDirectories(node.resolve("etc"));
    try (OutputStream out = Files.newOutputStream(file(node, pid))) {
      properties.store(out, "Written by hearth; change it while the node is stopped or runs");
    }
  }

  private static Path file(Path node, String pid) {
    return node.resolve("etc").resolve(pid + ENDING);
  }
}
