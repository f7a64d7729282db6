package tv.hearth.launcher.hood;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import tv.hearth.launcher.LauncherException;

class FleetClientTest {
  @Test
  void whoDoesNotListenIsSaidInWords() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    String url = "https://127.0.0.1:" + port;
    FleetClient client = new FleetClient(url, SSLContext.getDefault());
    LauncherException thrown = assertThrows(LauncherException.class, client::boxes);
    String said = thrown.getMessage();
    assertTrue(said.startsWith("the headend at " + url + " does not answer"), said);
    assertFalse(said.contains("null"), said);
  }
}
