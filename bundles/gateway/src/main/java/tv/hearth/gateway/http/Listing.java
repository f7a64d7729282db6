package tv.hearth.gateway.http;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tv.hearth.support.json.JsonWriter;
import tv.hearth.vendor.objects.ObjectInfo;
import tv.hearth.vendor.objects.Shelf;

/**
 * Listings as JSON: what there is, how to reach it, and what it survives as placed. A page ends
 * after about {@value #PAGE} characters; {@code next} then leads on, else it is null.
 */
final class Listing {
  /** Characters of a page, so that many listings at once fit a small heap. */
  static final int PAGE = 256 << 10;

  /** As many objects as {@code ObjectStore.list} gives at most. */
  private static final int MOST = 1000;

  /** Characters of an entry beside its strings. */
  private static final int ENTRY = 200;

  private Listing() {}

  static String index() {
    JsonWriter json = new JsonWriter().object();
    json.name("film").value(base(Shelf.CATALOGUE)).name("object").value(base(Shelf.HOUSEHOLD));
    return json.end().toString();
  }

  /** Objects in order of name, as the store gave them. */
  static String shelf(Shelf shelf, List<ObjectInfo> objects) {
    JsonWriter json = new JsonWriter().object().name("objects").array();
    int room = PAGE;
    String last = null;
    int listed = 0;
    for (ObjectInfo info : objects) {
      if (room <= 0) {
        break;
      }
      room -= ENTRY + summary(json, info);
      json.end();
      last = info.ref().name();
      listed++;
    }
    boolean more = listed < objects.size() || objects.size() >= MOST;
    json.end().name("next").value(more ? base(shelf) + "?after=" + Percent.encode(last) : null);
    return json.end().toString();
  }

  /** The object, and those of its files that begin with {@code folder} and come after a path. */
  static String folder(ObjectInfo info, String folder, String after) {
    JsonWriter json = new JsonWriter();
    summary(json, info);
    json.name("files").array();
    int room = PAGE;
    String last = null;
    boolean more = false;
    for (ObjectInfo.FileEntry file : sorted(info.files())) {
      if (file.path().startsWith(folder) && file.path().compareTo(after) > 0) {
        if (room <= 0) {
          more = true;
          break;
        }
        room -= ENTRY + file(json, href(info), file);
        last = file.path();
      }
    }
    String next = href(info) + encodePath(folder) + "?after=";
    json.end().name("next").value(more ? next + Percent.encode(last) : null);
    return json.end().toString();
  }

  /** Costs no copy's sorting where they come in order, as the store promises. */
  private static List<ObjectInfo.FileEntry> sorted(List<ObjectInfo.FileEntry> files) {
    return files.stream().sorted(Comparator.comparing(ObjectInfo.FileEntry::path)).toList();
  }

  private static int file(JsonWriter json, String folder, ObjectInfo.FileEntry file) {
    String type = MediaTypes.of(file.contentType(), file.path());
    String href = folder + encodePath(file.path());
    json.object().name("path").value(file.path()).name("length").value(file.length());
    json.name("type").value(type).name("href").value(href).end();
    return file.path().length() + type.length() + href.length();
  }

  /** Leaves the object open; returns the length of its strings. */
  private static int summary(JsonWriter json, ObjectInfo info) {
    String name = info.ref().name();
    String play = play(info);
    json.object().name("name").value(name).name("length").value(info.length());
    json.name("type").value(info.isFolder() ? "folder" : MediaTypes.of(info.contentType(), name));
    json.name("href").value(href(info)).name("play").value(play);
    json.name("class").value(info.durability().label());
    json.name("stored").value(info.stored().toString());
    json.name("versions").value(info.siblings());
    json.name("survives").value(info.survival().losses());
    return name.length() + href(info).length() + (play == null ? 0 : play.length());
  }

  /**
   * Where a player begins: a playlist at the top of a folder, or the object if it is one; else
   * null.
   */
  private static String play(ObjectInfo info) {
    if (!info.isFolder()) {
      String type = MediaTypes.of(info.contentType(), info.ref().name());
      return MediaTypes.isPlayable(type) ? href(info) : null;
    }
    return info.files().stream()
        .map(ObjectInfo.FileEntry::path)
        .filter(Listing::isPlaylist)
        .min(Comparator.comparingInt(Listing::rank).thenComparing(Comparator.naturalOrder()))
        .map(path -> href(info) + encodePath(path))
        .orElse(null);
  }

  private static boolean isPlaylist(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    return lower.endsWith(".m3u8") || lower.endsWith(".mpd");
  }

  /** The least deep first; there, those that by custom name the others. */
  private static int rank(String path) {
    int depth = path.length() - path.replace("/", "").length();
    String file = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    String stem = file.substring(0, file.lastIndexOf('.'));
    int custom = List.of("master", "index", "main", "playlist", "manifest").indexOf(stem);
    return depth * 8 + (custom < 0 ? 7 : custom);
  }

  private static String href(ObjectInfo info) {
    String path = base(info.ref().shelf()) + Percent.encode(info.ref().name());
    return info.isFolder() ? path + "/" : path;
  }

  private static String base(Shelf shelf) {
    return shelf == Shelf.CATALOGUE ? "/film/" : "/object/";
  }

  private static String encodePath(String path) {
    return Arrays.stream(path.split("/", -1)).map(Percent::encode).collect(Collectors.joining("/"));
  }
}
