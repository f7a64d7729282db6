package tv.hearth.sample.epg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PageDeskTest {
  private final PageDesk desk = new PageDesk(() -> null, new Viewing(), () -> 7);

  private PageAnswer ask(String head) throws Exception {
    return desk.answer(PageRequest.parse(head));
  }

  @Test
  void everyFileHasItsTypeAndThePolicy() throws Exception {
    PageAnswer script = ask("GET /epg.js HTTP/1.1\r\nhOST:  [::1]:8070 ");
    assertEquals("text/javascript", script.type());
    String text = new String(script.bytes(), StandardCharsets.UTF_8);
    assertTrue(text.contains("\r\nContent-Security-Policy: default-src 'self';"), text);
    assertTrue(text.contains("\r\nContent-Length: " + script.body().length + "\r\n"), text);
    assertTrue(text.contains("\r\nConnection: close\r\n\r\n"), text);
  }

  @Test
  void anAnswerWithoutBodySaysSo() throws Exception {
    String none = new String(ask("POST /playing HTTP/1.1\r\nHost: localhost").bytes(), "US-ASCII");
    assertEquals("HTTP/1.1 204 \r\nConnection: close\r\n\r\n", none);
    String missing = new String(ask("GET /x HTTP/1.1\r\nHost: localhost").bytes(), "US-ASCII");
    assertEquals("HTTP/1.1 404 \r\nContent-Length: 0\r\nConnection: close\r\n\r\n", missing);
  }
}
