package tv.hearth.gateway.http;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Media types by a name's ending, for players that go by them. */
final class MediaTypes {
  private static final String UNKNOWN = "application/octet-stream";
  private static final int LONGEST = 128;
  private static final Pattern FORM =
      Pattern.compile("[\\w!#$&^.+-]+/[\\w!#$&^.+-]+( ?; ?[\\w.-]+=(\"[\\w ,.+-]*\"|[\\w.+-]+))*");
  private static final Map<String, String> BY_ENDING =
      Map.ofEntries(
          Map.entry("m3u8", "application/vnd.apple.mpegurl"),
          Map.entry("mpd", "application/dash+xml"),
          Map.entry("ts", "video/mp2t"),
          Map.entry("m4s", "video/iso.segment"),
          Map.entry("cmfv", "video/mp4"),
          Map.entry("cmfa", "audio/mp4"),
          Map.entry("mp4", "video/mp4"),
          Map.entry("m4v", "video/mp4"),
          Map.entry("m4a", "audio/mp4"),
          Map.entry("aac", "audio/aac"),
          Map.entry("mp3", "audio/mpeg"),
          Map.entry("mpg", "video/mpeg"),
          Map.entry("avi", "video/x-msvideo"),
          Map.entry("ogv", "video/ogg"),
          Map.entry("opus", "audio/ogg"),
          Map.entry("wav", "audio/wav"),
          Map.entry("srt", "application/x-subrip"),
          Map.entry("webm", "video/webm"),
          Map.entry("mkv", "video/matroska"),
          Map.entry("mov", "video/quicktime"),
          Map.entry("ogg", "audio/ogg"),
          Map.entry("flac", "audio/flac"),
          Map.entry("vtt", "text/vtt; charset=utf-8"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("jpeg", "image/jpeg"),
          Map.entry("png", "image/png"),
          Map.entry("gif", "image/gif"),
          Map.entry("webp", "image/webp"),
          Map.entry("avif", "image/avif"),
          Map.entry("heic", "image/heic"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("xml", "application/xml"),
          Map.entry("zip", "application/zip"),
          Map.entry("pdf", "application/pdf"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("json", "application/json"));

  private MediaTypes() {}

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
