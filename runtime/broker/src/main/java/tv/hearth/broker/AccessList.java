package tv.hearth.broker;

import java.util.List;
import java.util.Map;

/**
 * Who may publish and read what; what no rule allows is denied. Decides as Mosquitto 2.0 does with
 * the same file: a user's own rules come before the patterns, and a deny rule before all others of
 * its group. In one thing it is stricter: a subscription that reaches beyond what may be read is
 * refused at once, where Mosquitto grants it and holds the messages back. Immutable.
 */
public final class AccessList {
  private final Map<String, List<Rule>> users;
  private final List<Rule> patterns;

  AccessList(Map<String, List<Rule>> users, List<Rule> patterns) {
    this.users = Map.copyOf(users);
    this.patterns = List.copyOf(patterns);
  }

  /** What a rule allows. */
  enum Access {
    READ,
    WRITE,
    READWRITE,
    DENY;

    boolean allows(Access wanted) {
      return this == wanted || this == READWRITE;
    }
  }

  /**
   * One line of the file.
   *
   * @param filter with {@code %u} and {@code %c} in patterns
   */
  record Rule(Access access, String filter) {
    Rule of(String user, String client) {
      return new Rule(access, filter.replace("%u", user).replace("%c", client));
    }
  }

  /** May that client publish there (retained or not, or as its last will)? */
  public boolean mayPublish(String user, String client, String topic) {
    return Topics.isFilter(topic)
        && topic.indexOf('+') < 0
        && topic.indexOf('#') < 0
        && decide(user, client, topic, Access.WRITE);
  }

  /** May that client read what is published there? */
  public boolean mayRead(String user, String client, String topic) {
    return decide(user, client, topic, Access.READ);
  }

  /** May that client subscribe with this filter: may it read all that falls under it? */
  public boolean maySubscribe(String user, String client, String filter) {
    String wanted = Topics.unshared(filter);
    if (!Topics.isFilter(wanted) || dangerous(user) || dangerous(client)) {
      return false;
    }
    List<Rule> own = users.getOrDefault(user, List.of());
    List<Rule> shared = patterns.stream().map(rule -> rule.of(user, client)).toList();
    boolean denied =
        own.stream().anyMatch(rule -> hits(rule, wanted))
            || shared.stream().anyMatch(rule -> hits(rule, wanted));
    return !denied && (covered(own, wanted) || covered(shared, wanted));
  }

  private boolean decide(String user, String client, String topic, Access wanted) {
    for (Rule rule : users.getOrDefault(user, List.of())) {
      if (Topics.matches(rule.filter(), topic)) {
        if (rule.access() == Access.DENY) {
          return false;
        }
        if (rule.access().allows(wanted)) {
          return true;
        }
      }
    }
    return !dangerous(user) && !dangerous(client) && byPattern(user, client, topic, wanted);
  }

  private boolean byPattern(String user, String client, String topic, Access wanted) {
    for (Rule pattern : patterns) {
      Rule rule = pattern.of(user, client);
      if (Topics.matches(rule.filter(), topic)) {
        if (rule.access() == Access.DENY) {
          return false;
        }
        if (rule.access().allows(wanted)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean hits(Rule rule, String filter) {
    return rule.access() == Access.DENY && Topics.overlap(rule.filter(), filter);
  }

  private static boolean covered(List<Rule> rules, String filter) {
    return rules.stream()
        .filter(rule -> rule.access().allows(Access.READ))
        .filter(rule -> !Topics.dollarMismatch(rule.filter(), filter))
        .anyMatch(rule -> Topics.covers(rule.filter(), filter));
  }

  /** A name with a wildcard in it would widen the patterns it is put into. */
  private static boolean dangerous(String name) {
    return name.indexOf('+') >= 0 || name.indexOf('#') >= 0 || name.indexOf('/') >= 0;
  }
}
