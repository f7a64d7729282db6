package tv.hearth.launcher.hood;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import tv.hearth.launcher.LauncherException;

/** Finds free ports on loopback, below those that the kernel gives to outgoing connections. */
final class Ports {
  private static final int FIRST = 20_000;
  private static final int LAST = 32_000;
  private static final int MOST_TRIES = 5_000;

  private Ports() {}

  /** {@code count} different ports that were free just now. */
  static List<Integer> free(int count, RandomGenerator random) {
    List<Integer> ports = new ArrayList<>();
    int port = random.nextInt(FIRST, LAST);
    for (int tries = 0; ports.size() < count && tries < MOST_TRIES; tries++) {
      port = port + 1 < LAST ? port + 1 : FIRST;
      if (isFree(port)) {
        ports.add(port);
      }
    }
    if (ports.size() < count) {
      throw new LauncherException(
          "fewer than " + count + " free ports between " + FIRST + " and " + LAST);
    }
    return ports;
  }

  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
