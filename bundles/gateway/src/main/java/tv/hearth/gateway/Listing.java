package tv.hearth.gateway;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tv.hearth.support.json.JsonWriter;
import tv.hearth.vendor.objects.ObjectInfo;
import tv.hearth.vendor.objects.Shelf;

/** Listings as JSON: what there is, how to reach it, and what it survives as placed. */
final class Listing {
  private Listing() {}

  static String shelf(Shelf shelf, List<ObjectInfo> objects) {
    JsonWriter json = new JsonWriter().object().name("objects").array();
    for (ObjectInfo info : objects) {
      summary(json, base(shelf), info);
      json.end();
    }
    json.end();
    if (!objects.isEmpty()) {
      json.name("last").value(objects.get(objects.size() - 1).ref().name());
    }
    return json.end().toString();
  }

  static String folder(ObjectInfo info) {
    String base = base(info.ref().shelf());
    JsonWriter json = new JsonWriter();
    summary(json, base, info);
    json.name("files").array();
    for (ObjectInfo.FileEntry file : info.files()) {
      json.object().name("path").value(file.path()).name("length").value(file.length());
      json.name("type").value(MediaTypes.of(file.contentType(), file.path()));
      json.name("href").value(base + encode(info.ref().name()) + "/" + encodePath(file.path()));
      json.end();
    }
    return json.end().end().toString();
  }

  private static void summary(JsonWriter json, String base, ObjectInfo info) {
    String name = info.ref().name();
    json.object().name("name").value(name).name("length").value(info.length());
    json.name("type").value(info.isFolder() ? "folder" : MediaTypes.of(info.contentType(), name));
    json.name("href").value(base + encode(name) + (info.isFolder() ? "/" : ""));
    json.name("play").value(playable(base, info));
    json.name("class").value(info.durability().label());
    json.name("stored").value(info.stored().toString());
    json.name("versions").value(info.siblings());
    json.name("survives").value(info.survival().losses());
  }

  /**
   * Where a player begins: a playlist at the top of a folder, or the object if it is one; else
   * null.
   */
  private static String playable(String base, ObjectInfo info) {
    String name = info.ref().name();
    if (!info.isFolder()) {
      String type = MediaTypes.of(info.contentType(), name);
      return type.startsWith("video/") || type.startsWith("audio/") ? base + encode(name) : null;
    }
    return info.files().stream()
        .map(ObjectInfo.FileEntry::path)
        .filter(Listing::isPlaylist)
        .sorted((a, b) -> Integer.compare(rank(a), rank(b)))
        .findFirst()
        .map(path -> base + encode(name) + "/" + encodePath(path))
        .orElse(null);
  }

  private static boolean isPlaylist(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    return lower.endsWith(".m3u8") || lower.endsWith(".mpd");
  }

  /** Master playlists come first by their customary names, then by depth. */
  private static int rank(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    int depth = path.length() - path.replace("/", "").length();
    boolean master = lower.startsWith("master.") || lower.startsWith("index.");
    return depth * 2 + (master ? 0 : 1);
  }

  private static String base(Shelf shelf) {
    return shelf == Shelf.CATALOGUE ? "/film/" : "/object/";
  }

  private static String encodePath(String path) {
    return Arrays.stream(path.split("/")).map(Listing::encode).collect(Collectors.joining("/"));
  }

  private static String encode(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
