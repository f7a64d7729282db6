package tv.hearth.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypesTest {
  @ParameterizedTest
  @CsvSource({
    "index.m3u8,application/vnd.apple.mpegurl",
    "a/b.MPD,application/dash+xml",
    "part.m4s,video/iso.segment",
    "init.mp4,video/mp4",
    "x.ts,video/mp2t",
    "x.vtt,text/vtt; charset=utf-8",
    "none,application/octet-stream",
    "x.,application/octet-stream",
    ".mp4,video/mp4"
  })
  void byEnding(String name, String type) {
    assertEquals(type, MediaTypes.of("", name));
    assertEquals(type, MediaTypes.of("application/octet-stream", name));
  }

  @Test
  void whatIsStoredGoesFirst() {
    assertEquals("video/x-own", MediaTypes.of("video/x-own", "a.mp4"));
    assertEquals(
        "text/plain; charset=\"utf-8\"", MediaTypes.of("text/plain; charset=\"utf-8\"", "a"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/html\r\nSet-Cookie: a=b",
        "text/html\n",
        "nonsense",
        "a/b;c",
        "a/b, c/d",
        "\u00e4/b",
        " a/b"
      })
  void whatCantBeATypeIsLeftOut(String stored) {
    assertEquals("video/mp4", MediaTypes.of(stored, "a.mp4"));
  }

  @Test
  void knowsWhatABrowserWouldRun() {
    for (String type : new String[] {"text/html", "image/svg+xml", "application/xhtml+xml"}) {
      assertTrue(MediaTypes.isActive(type), type);
    }
    assertFalse(MediaTypes.isActive("video/mp4"));
    assertFalse(MediaTypes.isActive("application/dash+xml"));
  }
}
