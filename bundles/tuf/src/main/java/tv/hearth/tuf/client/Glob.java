package tv.hearth.tuf.client;

/**
 * Path patterns of delegations: {@code *} is any run and {@code ?} any one character, neither a
 * slash. Takes at most the product of both lengths of steps, whatever a hostile delegator writes.
 */
final class Glob {
  private Glob() {}

  static boolean matches(String pattern, CharSequence path) {
    int at = 0;
    int star = -1;
    int resume = 0;
    int i = 0;
    while (i < path.length()) {
      char c = path.charAt(i);
      if (at < pattern.length() && pattern.charAt(at) == '*') {
        star = at++;
        resume = i;
      } else if (at < pattern.length() && one(pattern.charAt(at), c)) {
        at++;
        i++;
      } else if (star >= 0 && path.charAt(resume) != '/') {
        at = star + 1;
        i = ++resume;
      } else {
        return false;
      }
    }
    while (at < pattern.length() && pattern.charAt(at) == '*') {
      at++;
    }
    return at == pattern.length();
  }

  private static boolean one(char wanted, char c) {
    return wanted == '?' ? c != '/' : wanted == c;
  }
}
