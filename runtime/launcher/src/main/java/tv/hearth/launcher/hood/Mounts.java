package tv.hearth.launcher.hood;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is mounted where, as Linux lists it in proc(5)'s mounts. Immutable.
 *
 * @param lines a line a mount; a later one lies over an earlier one
 */
record Mounts(List<String> lines) {
  private static final Path LIST = Path.of("/proc/self/mounts");
  private static final int POINT = 1;
  private static final int OPTIONS = 3;

  /** How the kernel writes blanks and line ends in names. */
  private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");

  private static final int OCTAL_BASE = 8;

  /** This machine's; none where it has no such list. */
  static Mounts now() throws IOException {
    if (!Files.isReadable(LIST)) {
      return new Mounts(List.of());
    }
    return new Mounts(List.of(Files.readString(LIST, StandardCharsets.UTF_8).split("\n")));
  }

  /** True where {@code folder}, a real path, lies on a mount that may hold no programs. */
  boolean isNoexec(Path folder) {
    Path nearest = null;
    boolean noexec = false;
    for (String line : lines) {
      String[] fields = line.split(" ");
      if (fields.length > OPTIONS) {
        Path point = Path.of(name(fields[POINT]));
        if (folder.startsWith(point) && (nearest == null || point.startsWith(nearest))) {
          nearest = point;
          noexec = List.of(fields[OPTIONS].split(",")).contains("noexec");
        }
      }
    }
    return noexec;
  }

  private static String name(String field) {
    return OCTAL
        .matcher(field)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(found.group(1), OCTAL_BASE))));
  }
}
