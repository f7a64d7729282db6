package tv.hearth.launcher.hood;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import tv.hearth.launcher.LauncherException;
import tv.hearth.support.problem.FileProblem;

/** Finds free ports of an address, below those that the kernel gives to outgoing connections. */
final class Ports {
  private static final int FIRST = 20_000;
  private static final int LAST = 32_000;
  private static final int CONNECT_MILLIS = 2_000;
  private static final int MOST_TRIES = 5_000;

  private Ports() {}

  /** {@code count} different ports that were free just now. */
  static List<Integer> free(String host, int count, RandomGenerator random) {
    List<Integer> ports = new ArrayList<>();
    String loopback = loopback();
    int port = random.nextInt(FIRST, LAST);
    for (int tries = 0; ports.size() < count && tries < MOST_TRIES; tries++) {
      port = port + 1 < LAST ? port + 1 : FIRST;
      if (isFree(host, port) && isFree(loopback, port)) {
        ports.add(port);
      }
    }
    if (ports.size() < count) {
      throw new LauncherException(
          "fewer than " + count + " free ports between " + FIRST + " and " + LAST);
    }
    return ports;
  }

  /** Throws where this machine has no interface with that address. */
  static void requireOurs(String host) {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
      if (socket.getInetAddress().isAnyLocalAddress()) {
        throw new LauncherException(
            host + " is every address: give one that the other machines reach");
      }
    } catch (IOException e) {
      throw new LauncherException(
          "this machine has no address "
              + host
              + " ("
              + FileProblem.words(e)
              + "): give one that it has, or add it (ip addr add "
              + host
              + (host.contains(":") ? "/128" : "/32")
              + " dev lo)",
          e);
    }
  }

  /**
   * True where somebody listens. Asked by a connection: whoever binds the port to try it takes it
   * away from the one that is about to.
   */
  static boolean answers(String host, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getByName(host), port), CONNECT_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Where this machine reaches itself: 127.0.0.1, or ::1 where it has no other loopback. */
  static String loopback() {
    try {
      InetAddress four = InetAddress.getByName(HoodSettings.LOOPBACK);
      boolean there = NetworkInterface.getByInetAddress(four) != null;
      return there ? HoodSettings.LOOPBACK : HoodSettings.LOOPBACK_6;
    } catch (IOException e) {
      throw new LauncherException(
          "can't list this machine's addresses: " + FileProblem.words(e), e);
    }
  }

  static boolean isFree(String host, int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(host))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
