package tv.hearth.launcher.hood;

import java.util.Map;
import tv.hearth.launcher.LauncherException;

/**
 * Names of files, which are bytes for the system and text for Java. Java takes the locale's
 * encoding for them, and loses what it can't say in it: so each JVM of ours runs in a locale of
 * UTF-8, and a name that is no UTF-8 is refused rather than changed.
 */
public final class FileNames {
  /** glibc's own locale, there without any package. */
  private static final String LOCALE = "C.UTF-8";

  private static final String UTF_8 = "UTF-8";
  private static final char LOST = '\uFFFD';

  private FileNames() {}

  /** True where this JVM can say every name that is UTF-8. */
  public static boolean kept() {
    return UTF_8.equals(System.getProperty("sun.jnu.encoding"));
  }

  /** Sets a locale of UTF-8 for a JVM that is to be started, where this one's is another. */
  static void keepIn(Map<String, String> environment) {
    if (!kept()) {
      environment.put("LC_ALL", LOCALE);
    }
  }

  /**
   * Gives a file's name as it was typed, which is the same bytes as on the disk.
   *
   * @throws LauncherException where it can't be
   */
  public static String checked(String name) {
    if (isLost(name)) {
      throw new LauncherException(lost(name));
    }
    return name;
  }

  /** True where bytes of it were lost. */
  public static boolean isLost(String name) {
    return name.indexOf(LOST) >= 0;
  }

  private static String lost(String name) {
    return kept()
        ? "the name of "
            + name
            + " is no UTF-8 and can't be kept: rename it (Debian: convmv -f latin1 -t utf8)"
        : "the name of " + name + " can't be kept in this locale: set LC_ALL=C.UTF-8 and try again";
  }
}
