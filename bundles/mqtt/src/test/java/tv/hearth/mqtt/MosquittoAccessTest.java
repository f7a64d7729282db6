package tv.hearth.mqtt;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;

/** With the documented configuration, on machines that have Mosquitto (2.0 or newer). */
class MosquittoAccessTest extends AccessTable {
  private static final Path TEMPLATE = Path.of("../../runtime/config/mosquitto.conf");
  private static Process mosquitto;
  private static int port;

  @BeforeAll
  static void start() throws Exception {
    Optional<Path> binary = binary();
    if (binary.isEmpty()) {
      String notice =
          "NOT TESTED: the access list on Mosquitto. There is no mosquitto on this machine; install"
              + " it (Debian: apt-get install mosquitto) to have it tested.";
      System.err.println(notice);
      Assumptions.abort(notice);
    }
    operator = new Operator(dir.resolve("operator"));
    port = freePort();
    Path config = Files.writeString(dir.resolve("mosquitto.conf"), config());
    mosquitto =
        new ProcessBuilder(binary.get().toString(), "-c", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("mosquitto.log").toFile())
            .start();
    Await.until(() -> "mosquitto: " + log(), () -> mosquitto.isAlive() && listens());
  }

  @AfterAll
  static void stop() throws Exception {
    if (mosquitto != null) {
      mosquitto.destroy();
      mosquitto.waitFor(2, TimeUnit.MINUTES);
    }
  }

  @Override
  int port() {
    return port;
  }

  @Override
  boolean refusesSubscriptions() {
    return false;
  }

  /** The documented file with this test's paths. */
  private static String config() throws IOException {
    return Files.readString(TEMPLATE)
            .replace("listener 8883", "listener " + port + " 127.0.0.1")
            .replace("/etc/hearth/broker/cafile.pem", operator.keys.brokerCaFile().toString())
            .replace("/etc/hearth/broker/broker.pem", operator.keys.brokerCertificate().toString())
            .replace("/etc/hearth/broker/broker.key", operator.keys.brokerKey().toString())
            .replace("/etc/hearth/topics.acl", Operator.ACCESS_LIST.toString())
            .replace("/var/lib/mosquitto/", dir + "/")
        + "user "
        + System.getProperty("user.name")
        + "\n";
  }

  private static boolean listens() {
    try {
      new Socket(InetAddress.getLoopbackAddress(), port).close();
      return true;
    } catch (IOException e) {
      return false; // not yet
    }
  }

  private static String log() {
    try {
      return Files.readString(dir.resolve("mosquitto.log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Optional<Path> binary() {
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/usr/local/sbin";
    return Stream.of(path.split(":"))
        .map(folder -> Path.of(folder, "mosquitto"))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
