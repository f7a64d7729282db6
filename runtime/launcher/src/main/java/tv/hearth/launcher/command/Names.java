package tv.hearth.launcher.command;

import java.text.Normalizer;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tv.hearth.launcher.LauncherException;
import tv.hearth.launcher.hood.FileNames;

/** Names of objects: what they may be, and which look alike. */
final class Names {
  private static final int LONGEST = 255;

  private Names() {}

  /** Throws where no object can have that name; says which character, and what can be done. */
  static String checked(String name) {
    String problem = problem(name);
    if (!problem.isEmpty()) {
      throw new LauncherException(
          "no object can be called '" + name + "': " + problem + "; give another by --name");
    }
    return name;
  }

  private static String problem(String name) {
    if (name.isEmpty()) {
      return "a name has 1 to " + LONGEST + " characters";
    } else if (name.length() > LONGEST) {
      return "it has " + name.length() + " characters, and " + LONGEST + " is the most";
    } else if (name.equals(".") || name.equals("..")) {
      return "it means a folder";
    } else if (FileNames.isLost(name)) {
      return "it is no UTF-8";
    }
    return name.codePoints()
        .filter(c -> c < 0x20 || c == 0x7f || c == '/' || c == '\\')
        .mapToObj(c -> "it has " + called(c) + " at " + (name.indexOf(c) + 1))
        .findFirst()
        .orElse("");
  }

  private static String called(int character) {
    return character >= 0x20 && character < 0x7f
        ? "the character " + (char) character
        : "the control character U+" + hex(character);
  }

  private static String hex(int character) {
    String digits = Integer.toHexString(character).toUpperCase(java.util.Locale.ROOT);
    return "0".repeat(Math.max(0, 4 - digits.length())) + digits;
  }

  /** Those that look like another one: the same letters, composed in one and not in the other. */
  static Set<String> twins(Collection<String> names) {
    return names.stream().collect(Collectors.groupingBy(Names::composed)).values().stream()
        .filter(alike -> alike.size() > 1)
        .flatMap(Collection::stream)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String composed(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC);
  }

  /** A name whose every character that is not ASCII is told by its number. */
  static String spelled(String name) {
    return name.codePoints()
        .mapToObj(c -> c < 0x7f ? Character.toString(c) : "\\u{" + hex(c) + "}")
        .collect(Collectors.joining());
  }
}
