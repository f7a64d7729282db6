package tv.hearth.broker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** Starts the embedded broker from a command line. */
public final class BrokerMain {
  private static final String USAGE =
      """
      BrokerMain --dir DIR --anchor FILE --clients FILE... --cert FILE --key FILE --acl FILE
                 [--chain FILE...] [--host ADDRESS] [--port PORT] [--with-parent]

        --dir          folder for data, log and key store (created)
        --anchor       the operator's root certificate
        --clients      certificates of the authorities whose clients are let in; may repeat
        --cert, --key  the broker's certificate and PKCS#8 key
        --chain        certificates between the broker's and the anchor; may repeat
        --acl          access list in Mosquitto's syntax (runtime/config/topics.acl)
        --host         address to listen on (default 127.0.0.1)
        --port         port to listen on (default 8883; 0 takes a free one)
        --with-parent  end when standard input closes

      All files are PEM. Prints "ready mqtts://HOST:PORT" once it listens, and ends on SIGTERM.
      Good JVM flags for a demo (150 MB of memory in all):
        -Xmx128m -XX:MaxDirectMemorySize=64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1
      """;
  private static final Set<String> WITH_VALUE =
      Set.of(
          "--dir",
          "--anchor",
          "--clients",
          "--cert",
          "--key",
          "--chain",
          "--acl",
          "--host",
          "--port");

  private final Map<String, List<String>> given = new HashMap<>();

  private BrokerMain(String[] arguments) {
    for (int i = 0; i < arguments.length; i++) {
      String name = arguments[i];
      if (name.equals("--with-parent")) {
        given.put(name, List.of());
      } else if (WITH_VALUE.contains(name) && i + 1 < arguments.length) {
        given.computeIfAbsent(name, key -> new ArrayList<>()).add(arguments[++i]);
      } else {
        throw new IllegalArgumentException("unknown or incomplete: " + name);
      }
    }
  }

  /** See the usage text. Exit codes: 0 ended as asked, 1 did not start, 2 wrong command line. */
  public static void main(String[] arguments) throws InterruptedException {
    if (arguments.length == 0 || List.of(arguments).contains("--help")) {
      System.out.print(USAGE);
      return;
    }
    // The broker's own code, and the files that we write for it, use the locale's digits.
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    try {
      new BrokerMain(arguments).run();
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n\n" + USAGE);
      System.exit(2);
    } catch (IOException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private void run() throws IOException, InterruptedException {
    BrokerSettings settings = settings();
    CountDownLatch ended = new CountDownLatch(1);
    EmbeddedBroker broker = EmbeddedBroker.start(settings);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(broker, ended), "broker-end"));
    System.out.println("ready mqtts://" + bracketed(settings.host()) + ":" + broker.port());
    System.out.flush();
    if (given.containsKey("--with-parent")) {
      awaitEndOfInput();
      System.exit(0);
    }
    ended.await();
  }

  /** An IPv6 address stands in brackets before its port. */
  static String bracketed(String host) {
    return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
  }

  private static void end(EmbeddedBroker broker, CountDownLatch ended) {
    try {
      broker.close();
    } catch (IOException e) {
      System.err.println(e.getMessage());
    } finally {
      ended.countDown();
    }
  }

  private static void awaitEndOfInput() throws IOException {
    while (System.in.read() >= 0) {
      // what the parent writes means nothing; only the end counts
    }
  }

  private BrokerSettings settings() {
    return new BrokerSettings(
        Path.of(one("--dir", null)),
        one("--host", "127.0.0.1"),
        port(one("--port", "8883")),
        Path.of(one("--anchor", null)),
        paths("--clients"),
        Path.of(one("--cert", null)),
        Path.of(one("--key", null)),
        paths("--chain"),
        Path.of(one("--acl", null)));
  }

  private String one(String name, String otherwise) {
    List<String> values = given.getOrDefault(name, List.of());
    if (values.size() > 1 || values.isEmpty() && otherwise == null) {
      throw new IllegalArgumentException("give " + name + " once");
    }
    return values.isEmpty() ? otherwise : values.get(0);
  }

  private List<Path> paths(String name) {
    return given.getOrDefault(name, List.of()).stream().map(Path::of).toList();
  }

  private static int port(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("--port wants a number, not " + text, e);
    }
  }
}
