package tv.hearth.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tv.hearth.broker.AccessList.Access;
import tv.hearth.broker.AccessList.Rule;

/**
 * Reads an access list in Mosquitto's syntax:
 *
 * <pre>
 *   # comment
 *   user NAME                                        the topic lines below are for that user
 *   topic   [read|write|readwrite|deny] FILTER       none: readwrite
 *   pattern [read|write|readwrite|deny] FILTER       for all users; %u = user name, %c = client id
 * </pre>
 *
 * Topic lines before the first user line are for clients without a name; nobody gets in without
 * one, so they are refused as the mistake they are.
 */
public final class AccessListFile {
  private static final int MOST_LINES = 10_000;

  private final Map<String, List<Rule>> users = new LinkedHashMap<>();
  private final List<Rule> patterns = new ArrayList<>();
  private String user;

  private AccessListFile() {}

  /**
   * Reads a file.
   *
   * @throws IOException where it can't be read, or a line is not understood; names file and line
   */
  public static AccessList read(Path file) throws IOException {
    try {
      return parse(Files.readAllLines(file));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads lines.
   *
   * @throws IllegalArgumentException where a line is not understood; names it
   */
  public static AccessList parse(List<String> lines) {
    if (lines.size() > MOST_LINES) {
      throw new IllegalArgumentException("more than " + MOST_LINES + " lines of access rules");
    }
    AccessListFile file = new AccessListFile();
    for (int i = 0; i < lines.size(); i++) {
      try {
        file.line(lines.get(i));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("line " + (i + 1) + ": " + e.getMessage(), e);
      }
    }
    return new AccessList(file.users, file.patterns);
  }

  private void line(String raw) {
    String line = raw.strip();
    if (line.isEmpty() || line.startsWith("#")) {
      return;
    }
    String[] words = line.split(" +", 2);
    if (words.length < 2) {
      throw new IllegalArgumentException("'" + line + "' lacks a name or a topic");
    }
    switch (words[0]) {
      case "user" -> user = words[1];
      case "topic" -> add(rulesOfUser(), rule(words[1]));
      case "pattern" -> add(patterns, rule(words[1]));
      default -> throw new IllegalArgumentException("unknown word '" + words[0] + "'");
    }
  }

  private List<Rule> rulesOfUser() {
    if (user == null) {
      throw new IllegalArgumentException("a topic line needs a user line above it");
    }
    return users.computeIfAbsent(user, name -> new ArrayList<>());
  }

  private static Rule rule(String text) {
    String[] words = text.split(" +", 2);
    Access access = words.length == 1 ? Access.READWRITE : access(words[0]);
    String filter = words[words.length - 1].strip();
    if (!Topics.isFilter(filter)) {
      throw new IllegalArgumentException("'" + filter + "' is no topic filter");
    }
    return new Rule(access, filter);
  }

  private static Access access(String word) {
    for (Access access : Access.values()) {
      if (access.name().toLowerCase(Locale.ROOT).equals(word)) {
        return access;
      }
    }
    throw new IllegalArgumentException(
        "'" + word + "' is none of read, write, readwrite, deny (topics with blanks need one)");
  }

  /** Deny rules go to the front, as in Mosquitto. */
  private static void add(List<Rule> rules, Rule rule) {
    rules.add(rule.access() == Access.DENY ? 0 : rules.size(), rule);
  }
}
