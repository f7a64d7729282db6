package tv.hearth.launcher.hood;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The command lines of the neighbourhood's JVMs. */
public final class JavaCommand {
  private static final String LOG_FORMAT =
      "-Djava.util.logging.SimpleFormatter.format=%1$tF %1$tT.%1$tL %4$s %3$s %5$s%6$s%n";

  /**
   * What HotSpot compiles to the processor's own AES and SHA instructions, once it is hot: 20 times
   * sooner than the rest. It sees few calls of these methods, each for much data.
   */
  private static final List<String> HOT_SOON =
      Stream.of(
              "com.sun.crypto.provider.GHASH",
              "com.sun.crypto.provider.GaloisCounterMode*",
              "com.sun.crypto.provider.GCTR",
              "com.sun.crypto.provider.CounterMode",
              "sun.security.provider.SHA2*",
              "sun.security.provider.DigestBase")
          .map(type -> "-XX:CompileCommand=CompileThresholdScaling," + type + "::*,0.05")
          .toList();

  private JavaCommand() {}

  /**
   * A box: 64 MB of heap, 32 MB of direct memory, one collector thread, small stacks. The JIT
   * compiler waits twice as long as by default, which saves a fifth of a start's processor time and
   * 3 MB; what it allocated and freed goes back to the system (JDK 17.0.9 and later can do it;
   * older ones run without).
   */
  static List<String> box(Installation.Copy software, Node node) {
    return box(software.hostClassPath(), software.boxBundles(), node);
  }

  /** The same flags with other bundles, for comparing. */
  public static List<String> box(String hostClassPath, Path bundles, Node node) {
    List<String> command = new ArrayList<>(List.of(java()));
    command.addAll(
        List.of(
            "-Xmx64m",
            "-Xms12m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:MaxDirectMemorySize=32m",
            "-XX:ReservedCodeCacheSize=48m",
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-XX:TrimNativeHeapInterval=10000",
            "-XX:CompileThresholdScaling=2",
            "-XX:CompileCommand=quiet",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:TieredStopAtLevel=4",
            "-Xshare:auto"));
    command.addAll(HOT_SOON);
    command.addAll(
        List.of(
            LOG_FORMAT,
            "-cp",
            hostClassPath,
            "tv.hearth.host.HostMain",
            bundles.toString(),
            node.folder().toString()));
    return command;
  }

  static List<String> headend(Installation.Copy software, Node node) {
    return List.of(
        java(),
        "-Xmx256m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:+ExitOnOutOfMemoryError",
        LOG_FORMAT,
        "-cp",
        software.hostClassPath(),
        "tv.hearth.host.HostMain",
        software.headendBundles().toString(),
        node.folder().toString());
  }

  /** The broker, by the quick compiler alone: it starts in half the time. */
  static List<String> broker(Installation installation, List<String> arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                java(),
                "-Xmx160m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                installation.brokerClassPath(),
                "tv.hearth.broker.BrokerMain"));
    command.addAll(arguments);
    return command;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
