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

  /** VLC's own lists, 3.0.23 (vlc_interface.h), less endings that name other things as well. */
  private static final String VLC_AUDIO =
      "3ga 669 a52 aac ac3 adt adts aif aifc aiff amb amr aob ape au awb caf dts flac it kar m4a m4b"
          + " m4p m5p mka mlp mod mpa mp1 mp2 mp3 mpc mpga mus oga ogg oma opus qcp ra rmi s3m sid"
          + " spx tak thd tta voc vqf w64 wav wma wv xa xm";

  private static final String VLC_VIDEO =
      "3g2 3gp 3gp2 3gpp amv asf avi bik crf dav divx drc dv dvr-ms evo f4v flv gvi gxf m1v m2v m2t"
          + " m2ts m4v mkv mov mp2v mp4 mp4v mpe mpeg mpeg1 mpeg2 mpeg4 mpg mpv2 mts mtv mxf mxg nsv"
          + " nuv ogm ogv ogx rm rmvb rpl thp tod tp ts tts vob vro webm wm wmv wtv xesc";

  @Test
  void whatVlcOpensIsPlayable() {
    for (String ending : (VLC_AUDIO + " " + VLC_VIDEO).split(" ")) {
      assertTrue(MediaTypes.isPlayable(MediaTypes.of("", "x." + ending)), ending);
    }
    for (String other : "ps iso bin txd rec jpg srt zip".split(" ")) {
      assertFalse(MediaTypes.isPlayable(MediaTypes.of("", "x." + other)), other);
    }
  }

  /** As IANA, Debian's mime.types or shared-mime-info have them. */
  @ParameterizedTest
  @CsvSource({
    "m2ts,video/mp2t",
    "MTS,video/mp2t",
    "mpeg,video/mpeg",
    "mpg,video/mpeg",
    "vob,video/mpeg",
    "mkv,video/matroska",
    "mka,audio/matroska",
    "3gp,video/3gpp",
    "wmv,video/x-ms-wmv",
    "flv,video/x-flv",
    "oga,audio/ogg",
    "ac3,audio/ac3",
    "aiff,audio/x-aiff"
  })
  void asRegistered(String ending, String type) {
    assertEquals(type, MediaTypes.of("", "film." + ending));
  }
}
