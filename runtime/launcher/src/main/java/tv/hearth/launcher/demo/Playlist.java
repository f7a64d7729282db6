package tv.hearth.launcher.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The order in which a player fetches an HLS media playlist's files (RFC 8216), and how long each
 * plays.
 *
 * @param path of the playlist in its folder
 * @param parts initialisation and segments in order
 */
record Playlist(String path, List<Part> parts) {
  private static final Pattern DURATION = Pattern.compile("#EXTINF:([0-9]+(?:\\.[0-9]+)?).*");
  private static final Pattern MAP = Pattern.compile("#EXT-X-MAP:.*URI=\"([^\"]+)\".*");

  /**
   * The first media playlist among the files; empty where there is none that names whole files that
   * are there.
   */
  static Optional<Playlist> find(TreeMap<String, Path> files) throws IOException {
    for (String path : files.keySet()) {
      if (path.endsWith(".m3u8")) {
        Playlist playlist = parse(path, Files.readAllLines(files.get(path)));
        if (!playlist.parts.isEmpty() && files.keySet().containsAll(playlist.paths())) {
          return Optional.of(playlist);
        }
      }
    }
    return Optional.empty();
  }

  private static Playlist parse(String path, List<String> lines) {
    if (lines.stream().anyMatch(line -> line.contains("BYTERANGE"))) {
      return new Playlist(path, List.of());
    }
    String folder = path.substring(0, path.lastIndexOf('/') + 1);
    List<Part> parts = new ArrayList<>();
    double seconds = -1;
    for (String line : lines) {
      Matcher duration = DURATION.matcher(line);
      Matcher map = MAP.matcher(line);
      if (duration.matches()) {
        seconds = Double.parseDouble(duration.group(1));
      } else if (map.matches()) {
        parts.add(new Part(folder + map.group(1), 0));
      } else if (!line.isBlank() && !line.startsWith("#") && seconds >= 0) {
        parts.add(new Part(folder + line.strip(), seconds));
        seconds = -1;
      }
    }
    return new Playlist(path, parts);
  }

  private List<String> paths() {
    return parts.stream().map(Part::path).toList();
  }

  /** A file and the seconds that it plays; 0 for an initialisation. */
  record Part(String path, double seconds) {}
}
