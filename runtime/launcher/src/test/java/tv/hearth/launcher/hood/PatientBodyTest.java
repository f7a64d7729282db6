package tv.hearth.launcher.hood;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatientBodyTest {
  @Test
  void whatStallsIsGivenUpAndWhatCameIsRead() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
        Socket box = server.accept();
        InputStream body = new PatientBody(client.getInputStream(), Duration.ofMillis(200))) {
      box.getOutputStream().write("ab".getBytes(StandardCharsets.US_ASCII));
      assertEquals('a', body.read());
      assertEquals('b', body.read());
      IOException thrown = assertThrows(IOException.class, body::read);
      assertEquals("no byte came for 1 s: try again", thrown.getMessage());
    }
  }

  @Test
  void anEndIsAnEnd() throws IOException {
    try (InputStream body = new PatientBody(InputStream.nullInputStream(), Duration.ofDays(1))) {
      assertEquals(-1, body.read());
    }
  }
}
