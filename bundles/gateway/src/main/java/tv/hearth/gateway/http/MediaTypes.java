package tv.hearth.gateway.http;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Media types by a name's ending, for players that go by them. */
final class MediaTypes {
  private static final String UNKNOWN = "application/octet-stream";
  private static final int LONGEST = 128;
  private static final Pattern FORM =
      Pattern.compile("[\\w!#$&^.+-]+/[\\w!#$&^.+-]+( ?; ?[\\w.-]+=(\"[\\w ,.+-]*\"|[\\w.+-]+))*");

  /**
   * A type and its endings, a line each: as registered with IANA, else as Debian's media-types and
   * freedesktop.org's shared-mime-info have them, else {@code x-} and the ending. What VLC opens is
   * here, but for endings that name other things as well (ps, iso, bin, txd, rec, dat).
   */
  private static final String TABLE =
      """
      application/vnd.apple.mpegurl m3u8
      application/dash+xml mpd
      video/mp2t ts m2t m2ts mts tp trp tod
      video/mp4 mp4 m4v mp4v mpeg4 mpg4 cmfv f4v
      video/iso.segment m4s
      video/mpeg mpg mpeg mpe mpeg1 mpeg2 m1v m2v mp2v mpv2 vob vro evo
      video/matroska mkv
      video/webm webm
      video/quicktime mov qt
      video/x-msvideo avi divx
      video/ogg ogv ogm ogx
      video/3gpp 3gp 3gpp
      video/3gpp2 3g2 3gp2
      video/x-flv flv
      video/x-ms-asf asf
      video/x-ms-wmv wmv
      video/x-ms-wm wm
      video/x-ms-dvr dvr-ms
      video/x-ms-wtv wtv
      video/x-ms-xesc xesc
      video/vnd.rn-realvideo rm rmvb
      video/vnd.radgamettools.bink bik
      video/dv dv dif
      video/mj2 mj2 mjp2
      video/x-amv amv
      video/x-crf crf
      video/x-dav dav
      video/x-dirac drc
      video/x-gvi gvi
      video/x-gxf gxf
      video/x-mtv mtv
      video/x-mxg mxg
      video/x-nsv nsv
      video/x-nuv nuv
      video/x-rpl rpl
      video/x-thp thp
      video/x-tts tts
      application/mxf mxf
      audio/mp4 m4a m4b m4p cmfa
      audio/mpeg mp3 mp2 mp1 mpa mpga m5p
      audio/aac aac adts adt
      audio/ac3 ac3 a52
      audio/eac3 eac3 ec3
      audio/AMR amr
      audio/AMR-WB awb
      audio/ATRAC3 oma
      audio/basic au snd
      audio/flac flac
      audio/matroska mka
      audio/ogg ogg oga opus spx
      audio/wav wav
      audio/3gpp 3ga
      audio/prs.sid sid
      audio/sp-midi kar rmi
      audio/vnd.dolby.mlp mlp
      audio/vnd.dts dts
      audio/EVRC-QCP qcp
      audio/x-aiff aif aiff aifc
      audio/x-amb amb
      audio/x-aob aob
      audio/x-ape ape
      audio/x-caf caf
      audio/x-mod mod it s3m xm 669
      audio/x-mus mus
      audio/x-musepack mpc
      audio/x-ms-wma wma
      audio/x-pn-realaudio ra
      audio/x-tak tak
      audio/x-truehd thd
      audio/x-tta tta
      audio/x-voc voc
      audio/x-vqf vqf
      audio/x-w64 w64
      audio/x-wavpack wv
      audio/x-xa xa
      application/x-subrip srt
      text/vtt;charset=utf-8 vtt
      application/ttml+xml ttml dfxp
      image/jpeg jpg jpeg
      image/png png
      image/gif gif
      image/webp webp
      image/avif avif
      image/heic heic
      image/svg+xml svg
      text/html;charset=utf-8 html htm
      application/xml xml
      application/zip zip
      application/pdf pdf
      text/plain;charset=utf-8 txt
      application/json json
      """;

  private static final Map<String, String> BY_ENDING = parse(TABLE);

  private MediaTypes() {}

  private static Map<String, String> parse(String table) {
    Map<String, String> types = new HashMap<>();
    for (String line : table.split("\n")) {
      String[] words = line.split(" ");
      for (int i = 1; i < words.length; i++) {
        if (types.put(words[i], words[0].replace(";", "; ")) != null) {
          throw new IllegalStateException(words[i] + " has two types");
        }
      }
    }
    return Map.copyOf(types);
  }

  /**
   * The stored type where there is one, else by the ending of {@code name}. What is stored comes
   * from others: what could not be a media type does not get into a header.
   */
  static String of(String stored, String name) {
    if (!stored.equals(UNKNOWN) && stored.length() <= LONGEST && FORM.matcher(stored).matches()) {
      return stored;
    }
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return BY_ENDING.getOrDefault(ending, UNKNOWN);
  }

  /** True for what a player of films or sound takes by itself. */
  static boolean isPlayable(String type) {
    return type.startsWith("video/") || type.startsWith("audio/") || type.equals("application/mxf");
  }

  /**
   * True for what a browser runs as a page of the gateway's own origin unless it is told not to.
   */
  static boolean isActive(String type) {
    String plain = type.toLowerCase(Locale.ROOT);
    return plain.startsWith("text/html")
        || plain.contains("javascript")
        || plain.startsWith("text/xml")
        || plain.startsWith("application/xml")
        || plain.contains("+xml") && !plain.startsWith("application/dash+xml");
  }
}
