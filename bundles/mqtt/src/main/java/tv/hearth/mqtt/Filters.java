package tv.hearth.mqtt;

/** MQTT topic filters (MQTT 5, section 4.7). */
final class Filters {
  private Filters() {}

  /** True where a topic falls under a filter. */
  static boolean matches(String filter, String topic) {
    if (topic.startsWith("$") && !filter.startsWith("$")) {
      return false;
    }
    String[] wanted = filter.split("/", -1);
    String[] levels = topic.split("/", -1);
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i].equals("#")) {
        return true;
      }
      if (i == levels.length || !wanted[i].equals("+") && !wanted[i].equals(levels[i])) {
        return false;
      }
    }
    return wanted.length == levels.length;
  }

  /** True where the text may be subscribed to: wildcards alone in their level, {@code #} last. */
  static boolean valid(String filter) {
    if (filter.isEmpty() || filter.length() > 1024 || filter.indexOf('\0') >= 0) {
      return false;
    }
    String[] levels = filter.split("/", -1);
    for (int i = 0; i < levels.length; i++) {
      boolean wild = levels[i].indexOf('#') >= 0 || levels[i].indexOf('+') >= 0;
      if (wild && levels[i].length() > 1 || levels[i].equals("#") && i < levels.length - 1) {
        return false;
      }
    }
    return true;
  }

  /** True where the text may be published to. */
  static boolean validTopic(String topic) {
    return valid(topic) && topic.indexOf('+') < 0 && topic.indexOf('#') < 0;
  }
}
