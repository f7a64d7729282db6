package tv.hearth.gateway;

import java.util.Locale;
import java.util.Map;

/** Media types by a name's ending, for players that go by them. */
final class MediaTypes {
  private static final String UNKNOWN = "application/octet-stream";
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
          Map.entry("pdf", "application/pdf"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("json", "application/json"));

  private MediaTypes() {}

  /** The stored type where there is one, else by the ending of {@code name}. */
  static String of(String stored, String name) {
    if (!stored.isEmpty() && !stored.equals(UNKNOWN)) {
      return stored;
    }
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return BY_ENDING.getOrDefault(ending, UNKNOWN);
  }
}
