package tv.hearth.sample.epg;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.locks.LockSupport;

/** The page over any gateway, to be tried by hand: {@code ServePage PORT GATEWAY}. */
public final class ServePage {
  private ServePage() {}

  /** Serves until it is killed. */
  public static void main(String[] arguments) throws IOException {
    URI gateway = URI.create(arguments[1]);
    EpgServer server =
        new EpgServer(
            EpgServer.loopback(), Integer.parseInt(arguments[0]), () -> gateway, new Viewing());
    System.out.println("http://127.0.0.1:" + server.port() + "/");
    while (true) {
      LockSupport.park();
    }
  }
}
