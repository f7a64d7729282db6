package tv.hearth.mqtt;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tv.hearth.broker.BrokerSettings;

/** The embedded broker in a process of its own, to be killed. */
final class BrokerProcess {
  private final Process process;
  private final int port;

  private BrokerProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static BrokerProcess start(BrokerSettings settings) throws IOException {
    Process process =
        new ProcessBuilder(command(settings))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out = process.inputReader();
    String line = out.readLine();
    if (line == null || !line.startsWith("ready mqtts://127.0.0.1:")) {
      process.destroyForcibly();
      throw new IOException("the broker said " + line);
    }
    return new BrokerProcess(process, Integer.parseInt(line.substring(line.lastIndexOf(':') + 1)));
  }

  int port() {
    return port;
  }

  /** As a power cut would. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Closes its standard input, as a parent that ends does; returns its exit code. */
  int endWithParent() throws IOException, InterruptedException {
    process.outputWriter().close();
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      throw new AssertionError("the broker outlives its parent");
    }
    return process.exitValue();
  }

  private static List<String> command(BrokerSettings settings) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add("tv.hearth.broker.BrokerMain");
    command.addAll(List.of("--dir", settings.dir().toString()));
    command.addAll(List.of("--port", Integer.toString(settings.port())));
    command.addAll(List.of("--anchor", settings.anchor().toString()));
    settings.clients().forEach(each -> command.addAll(List.of("--clients", each.toString())));
    command.addAll(List.of("--cert", settings.certificate().toString()));
    command.addAll(List.of("--key", settings.key().toString()));
    command.addAll(List.of("--acl", settings.accessList().toString(), "--with-parent"));
    return command;
  }
}
