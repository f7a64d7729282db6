package tv.hearth.support.level;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The levels that software reads. A level is a small whole number of the neighbourhood, in its
 * signed map: formats that others meet, or that outlive a release on a disk, are those of that
 * level, however new the software is. Each bundle of ours says in its manifest, as a capability
 * {@value #NAMESPACE}, which levels its code reads and writes; a set of bundles knows what all of
 * them know. Pure.
 *
 * @param least the oldest
 * @param most the newest
 */
public record Levels(int least, int most) {
  /** The capability's namespace. */
  public static final String NAMESPACE = "tv.hearth.level";

  /** What release 0.1.0 reads and writes, which says nothing of levels. */
  public static final int FIRST = 1;

  /** The greatest that can be said. */
  public static final int MOST = 10_000;

  /** What this code reads and writes; {@code cnf/common.bnd} says the same in the manifest. */
  public static final Levels KNOWN = new Levels(1, 1);

  /** What is read by software that does not say. */
  public static final Levels UNSAID = new Levels(FIRST, FIRST);

  private static final Pattern LEAST = attribute("least");
  private static final Pattern GREATEST = attribute("most");

  /** Throws {@link IllegalArgumentException} where they can't be. */
  public Levels {
    if (least < FIRST || most < least || most > MOST) {
      throw new IllegalArgumentException("no levels: " + least + "…" + most);
    }
  }

  /** Whether data and messages of that level are read. */
  public boolean has(int level) {
    return level >= least && level <= most;
  }

  /** What both know; where they share nothing, an {@link IllegalArgumentException}. */
  public Levels and(Levels other) {
    return new Levels(Math.max(least, other.least), Math.min(most, other.most));
  }

  /** As a bundle's manifest says it in {@code Provide-Capability}; {@link #UNSAID} where not. */
  public static Levels of(Map<String, String> headers) {
    return ofHeader(headers.getOrDefault("Provide-Capability", ""));
  }

  /** As above, of the header's value. */
  public static Levels ofHeader(String header) {
    for (String clause : clauses(header)) {
      String[] parts = clause.strip().split(";", 2);
      if (parts[0].strip().equals(NAMESPACE)) {
        String attributes = parts.length == 2 ? ";" + parts[1] : "";
        return new Levels(number(LEAST, attributes), number(GREATEST, attributes));
      }
    }
    return UNSAID;
  }

  /** The clauses of a manifest's header: at commas that are not within quotes. */
  private static List<String> clauses(String header) {
    List<String> clauses = new ArrayList<>();
    boolean quoted = false;
    int begin = 0;
    for (int i = 0; i < header.length(); i++) {
      char c = header.charAt(i);
      quoted ^= c == '"';
      if (c == ',' && !quoted) {
        clauses.add(header.substring(begin, i));
        begin = i + 1;
      }
    }
    clauses.add(header.substring(begin));
    return clauses;
  }

  private static int number(Pattern attribute, String attributes) {
    Matcher found = attribute.matcher(attributes);
    if (!found.find()) {
      throw new IllegalArgumentException("a capability " + NAMESPACE + " without least and most");
    }
    return Integer.parseInt(found.group(1));
  }

  private static Pattern attribute(String name) {
    return Pattern.compile(";\\s*" + name + "(?::Long)?\\s*=\\s*\"?([0-9]{1,5})\"?\\s*(?:;|$)");
  }

  @Override
  public String toString() {
    return least == most ? Integer.toString(most) : least + "…" + most;
  }
}
