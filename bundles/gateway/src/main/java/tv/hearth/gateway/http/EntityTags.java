package tv.hearth.gateway.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Comparing entity tags (RFC 9110 §8.8.3). Ours are strong. */
final class EntityTags {
  private static final Pattern TAG =
      Pattern.compile("\\G[\\s,]*+(W/)?(\"[\\x21\\x23-\\x7e\\x80-\\xff]*+\")[ \\t]*+(?=,|$)");
  private static final Pattern REST = Pattern.compile("[\\s,]*");

  private EntityTags() {}

  /** Strong comparison with one of {@code field}: If-Match, If-Range. */
  static boolean strongly(String field, String tag) {
    return listed(field, tag, false);
  }

  /** Weak comparison with one of {@code field}: If-None-Match. */
  static boolean weakly(String field, String tag) {
    return listed(field, tag, true);
  }

  /** False for what is no list of tags: a malformed condition names no version. */
  private static boolean listed(String field, String tag, boolean weak) {
    Matcher each = TAG.matcher(field);
    boolean found = false;
    int end = 0;
    while (each.find()) {
      end = each.end();
      found |= each.group(2).equals(tag) && (weak || each.group(1) == null);
    }
    return found && REST.matcher(field.substring(end)).matches();
  }
}
