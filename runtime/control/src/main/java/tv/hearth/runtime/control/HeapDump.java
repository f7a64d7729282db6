package tv.hearth.runtime.control;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import javax.management.JMException;
import javax.management.ObjectName;
import tv.hearth.support.json.JsonWriter;

/** This JVM's heap in a file, for whoever looks for a leak. Keys are in it. */
final class HeapDump {
  private HeapDump() {}

  /**
   * Writes the live objects in HotSpot's binary format (hprof), for its owner alone.
   *
   * @param path must end with {@code .hprof} and not be there yet
   * @throws IOException where this JVM can't, or the file can't be written
   */
  static String write(String path) throws IOException {
    Path file = Path.of(path);
    try {
      ManagementFactory.getPlatformMBeanServer()
          .invoke(
              new ObjectName("com.sun.management:type=HotSpotDiagnostic"),
              "dumpHeap",
              new Object[] {path, true},
              new String[] {String.class.getName(), boolean.class.getName()});
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    } catch (JMException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException(
          "no heap dump in " + path + ": " + cause + " (a Java without jdk.management can't)", e);
    }
    return new JsonWriter()
        .object()
        .name("path")
        .value(path)
        .name("bytes")
        .value(Files.size(file))
        .end()
        .toString();
  }
}
