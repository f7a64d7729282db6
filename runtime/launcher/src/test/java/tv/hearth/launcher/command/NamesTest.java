package tv.hearth.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.hearth.launcher.LauncherException;
import tv.hearth.vendor.objects.ObjectRef;
import tv.hearth.vendor.objects.Shelf;

class NamesTest {
  private static String refused(String name) {
    return assertThrows(LauncherException.class, () -> Names.checked(name)).getMessage();
  }

  @Test
  void limitAndCharacterAreNamed() {
    assertTrue(refused("").contains("a name has 1 to 255 characters"));
    assertTrue(refused("x".repeat(256)).contains("it has 256 characters, and 255 is the most"));
    assertTrue(refused("a/b").contains("it has the character / at 2"));
    assertTrue(refused("ab\\").contains("it has the character \\ at 3"));
    assertTrue(refused("a\tb").contains("it has the control character U+0009 at 2"));
    assertTrue(refused("..").contains("it means a folder"));
    assertTrue(refused("K\uFFFDse").contains("it is no UTF-8"));
  }

  /** The store's own rule, of which this is the explanation. */
  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "..", "a/b", "a\\b", "a\u0001", "a\u007f", "Käse.mp4", "-x", " "})
  void itIsTheStoresRule(String name) {
    boolean stored = true;
    try {
      ObjectRef.of(Shelf.CATALOGUE, name);
    } catch (IllegalArgumentException e) {
      stored = false;
    }
    if (stored) {
      assertEquals(name, Names.checked(name));
    } else {
      assertTrue(refused(name).contains("--name"));
    }
  }

  @Test
  void whatLooksAlikeIsFoundAndSpelled() {
    String composed = "K\u00e4se";
    String apart = "Ka\u0308se";
    assertEquals(Set.of(composed, apart), Names.twins(List.of("Kase", composed, "x", apart)));
    assertEquals(Set.of(), Names.twins(List.of("a", "b", composed)));
    assertEquals("K\\u{00E4}se", Names.spelled(composed));
    assertEquals("Ka\\u{0308}se", Names.spelled(apart));
  }

  @ParameterizedTest
  @CsvSource({"7, 7", "500M, 500000000", "64G, 64000000000", "1k, 1000", "2T, 2000000000000"})
  void sizesAreRead(String text, long bytes) {
    assertEquals(bytes, StreamSource.size(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "G", "1g", "-1", "1.5G", "12345678901"})
  void whatIsNoSizeIsRefused(String text) {
    assertThrows(LauncherException.class, () -> StreamSource.size(text));
  }
}
