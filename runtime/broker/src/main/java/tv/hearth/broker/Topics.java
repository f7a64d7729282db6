package tv.hearth.broker;

/** How MQTT topic filters relate to topics and to each other (MQTT 5, section 4.7). */
final class Topics {
  private static final String SHARE = "$share/";

  private Topics() {}

  /**
   * True where the topic falls under the filter; wildcards don't reach topics that begin with $.
   */
  static boolean matches(String filter, String topic) {
    return !dollarMismatch(filter, topic) && covers(filter, topic);
  }

  /** True where whatever falls under {@code narrow} also falls under {@code wide}. */
  static boolean covers(String wide, String narrow) {
    String[] outer = levels(wide);
    String[] inner = levels(narrow);
    for (int i = 0; i < outer.length; i++) {
      if (outer[i].equals("#")) {
        return true;
      }
      if (i == inner.length || inner[i].equals("#")) {
        return false;
      }
      if (!outer[i].equals("+") && !outer[i].equals(inner[i])) {
        return false;
      }
    }
    return outer.length == inner.length;
  }

  /** True where some topic could fall under both filters. */
  static boolean overlap(String one, String other) {
    String[] a = levels(one);
    String[] b = levels(other);
    int common = Math.min(a.length, b.length);
    for (int i = 0; i < common; i++) {
      if (a[i].equals("#") || b[i].equals("#")) {
        return true;
      }
      boolean wild = a[i].equals("+") || b[i].equals("+");
      if (!wild && !a[i].equals(b[i])) {
        return false;
      }
    }
    return a.length == b.length || onlyHashLeft(a, common) || onlyHashLeft(b, common);
  }

  /** True where the text is a filter: wildcards alone in their level, {@code #} last. */
  static boolean isFilter(String filter) {
    String[] levels = levels(filter);
    for (int i = 0; i < levels.length; i++) {
      boolean wild = levels[i].indexOf('#') >= 0 || levels[i].indexOf('+') >= 0;
      if (wild && levels[i].length() > 1) {
        return false;
      }
      if (levels[i].equals("#") && i < levels.length - 1) {
        return false;
      }
    }
    return !filter.isEmpty() && filter.indexOf('\0') < 0;
  }

  /** The filter within a shared subscription ({@code $share/GROUP/FILTER}), else the filter. */
  static String unshared(String filter) {
    if (!filter.startsWith(SHARE)) {
      return filter;
    }
    int slash = filter.indexOf('/', SHARE.length());
    return slash < 0 ? filter : filter.substring(slash + 1);
  }

  /** A filter that begins with a wildcard says nothing about topics that begin with $. */
  static boolean dollarMismatch(String filter, String topic) {
    return topic.startsWith("$") && !filter.startsWith("$");
  }

  private static boolean onlyHashLeft(String[] levels, int from) {
    return levels.length == from + 1 && levels[from].equals("#");
  }

  private static String[] levels(String filter) {
    return filter.split("/", -1);
  }
}
