package tv.hearth.tuf.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
  @ParameterizedTest
  @CsvSource({
    "a/*.jar, a/b.jar, true",
    "a/*, a/b/c, false",
    "*, a/b, false",
    "*, '', true",
    "*/*, a/b, true",
    "*b/c, ab/c, true",
    "a?c, abc, true",
    "a?c, a/c, false",
    "a**c, abbc, true",
    "releases/*/*, releases/x/y, true",
    "releases/*/*, releases/x, false",
    "*.tgz, foo.tgz, true",
    "'[a]', a, false",
  })
  void matches(String glob, String path, boolean matches) {
    assertEquals(matches, Glob.matches(glob, path), glob + " " + path);
  }

  @Test
  void agreesWithARegularExpression() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      String glob = text(random, "ab/*?");
      String path = text(random, "ab/");
      String regex = glob.replace("*", "[^/]*").replace("?", "[^/]");
      String seen = "seed " + seed + ": '" + glob + "' '" + path + "'";
      assertEquals(Pattern.matches(regex, path), Glob.matches(glob, path), seen);
    }
  }

  @Test
  void aHostilePatternTakesFewSteps() {
    String glob = "*a".repeat(2_000) + "b";
    String path = "a".repeat(20_000);
    assertFalse(Glob.matches(glob, new Counted(path, 2L * glob.length() * path.length())));
  }

  /** A path whose characters are looked at so many times at most. */
  private static final class Counted implements CharSequence {
    private final String path;
    private long left;

    Counted(String path, long most) {
      this.path = path;
      this.left = most;
    }

    @Override
    public char charAt(int index) {
      assertTrue(left-- > 0, "more steps than twice the product of both lengths");
      return path.charAt(index);
    }

    @Override
    public int length() {
      return path.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return path.subSequence(start, end);
    }
  }

  private static String text(Random random, String letters) {
    StringBuilder out = new StringBuilder();
    for (int left = random.nextInt(9); left > 0; left--) {
      out.append(letters.charAt(random.nextInt(letters.length())));
    }
    return out.toString();
  }
}
