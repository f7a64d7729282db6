package tv.hearth.launcher.demo;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import tv.hearth.launcher.LauncherException;
import tv.hearth.launcher.hood.Waiting;

/**
 * What is stored and compared: a file or folder on this machine.
 *
 * @param name it is stored under
 * @param source the file or folder
 */
record Film(String name, Path source) {
  private static final Duration STANDSTILL = Duration.ofMinutes(2);

  /**
   * A given folder as it is, a given file cut into HLS where ffmpeg is on the path, else as it is.
   */
  static Film prepare(Path given, Path scratch) throws IOException {
    String file = given.toAbsolutePath().normalize().getFileName().toString();
    boolean video = file.matches("(?i).*\\.(mp4|mkv|mov|m4v|ts|webm|avi)");
    if (Files.isDirectory(given) || !video || !onPath("ffmpeg")) {
      return new Film(file, given.toRealPath());
    }
    Path folder = Files.createDirectories(scratch.resolve(file.replaceAll("\\.[^.]*$", "")));
    cut(given, folder);
    return new Film(folder.getFileName().toString(), folder);
  }

  private static void cut(Path film, Path folder) throws IOException {
    Process ffmpeg =
        new ProcessBuilder(
                "ffmpeg",
                "-nostdin",
                "-v",
                "error",
                "-i",
                film.toAbsolutePath().toString(),
                "-map",
                "0:v:0",
                "-map",
                "0:a:0?",
                "-c",
                "copy",
                "-f",
                "hls",
                "-hls_time",
                "4",
                "-hls_playlist_type",
                "vod",
                "-hls_segment_type",
                "fmp4",
                "-hls_fmp4_init_filename",
                "init.mp4",
                "-hls_segment_filename",
                folder.resolve("part-%04d.m4s").toString(),
                folder.resolve("index.m3u8").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolveSibling("ffmpeg.log").toFile())
            .start();
    try {
      new Waiting(STANDSTILL)
          .until(
              () -> !ffmpeg.isAlive(),
              () -> written(folder),
              () -> "ffmpeg writes no more of " + film + ": give a film that is cut already");
    } finally {
      ffmpeg.destroyForcibly();
    }
    if (ffmpeg.exitValue() != 0) {
      String reason = Files.readString(folder.resolveSibling("ffmpeg.log")).strip();
      throw new LauncherException("ffmpeg can't cut " + film + " into HLS: " + reason);
    }
  }

  /** Bytes in a folder that has files alone. */
  private static long written(Path folder) {
    return Stream.of(java.util.Objects.requireNonNull(folder.toFile().listFiles()))
        .mapToLong(File::length)
        .sum();
  }

  private static boolean onPath(String tool) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
  }

  boolean isFolder() {
    return Files.isDirectory(source);
  }

  /** Its files by path; a single file under the empty path. */
  TreeMap<String, Path> files() throws IOException {
    TreeMap<String, Path> files = new TreeMap<>();
    if (!isFolder()) {
      files.put("", source);
      return files;
    }
    try (Stream<Path> walk = Files.walk(source)) {
      List<Path> found =
          walk.filter(f -> Files.isRegularFile(f, java.nio.file.LinkOption.NOFOLLOW_LINKS))
              .toList();
      found.forEach(file -> files.put(source.relativize(file).toString(), file));
    }
    return files;
  }

  long length() throws IOException {
    long length = 0;
    for (Path file : files().values()) {
      length += Files.size(file);
    }
    return length;
  }
}
