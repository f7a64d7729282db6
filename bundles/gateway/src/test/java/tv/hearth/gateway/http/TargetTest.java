package tv.hearth.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tv.hearth.gateway.Seeds;
import tv.hearth.gateway.http.Target.Kind;
import tv.hearth.vendor.objects.ObjectRef;
import tv.hearth.vendor.objects.Shelf;

class TargetTest {
  private static Target parse(String uri) {
    return Target.parse(uri).orElseThrow();
  }

  @Test
  void namesFilmsAndFilesInThem() {
    assertEquals(ObjectRef.of(Shelf.CATALOGUE, "a film"), parse("/film/a%20film").ref());
    Target part = parse("/film/n/v/part%2b1.m4s?x=1");
    assertEquals(new ObjectRef(Shelf.CATALOGUE, "n", "v/part+1.m4s"), part.ref());
    assertEquals(Kind.ITEM, part.kind());
    assertEquals("n+m", parse("/object/n+m").ref().name());
    assertEquals("Ä", parse("/object/%C3%84").ref().name());
  }

  @Test
  void namesListings() {
    assertEquals(Kind.INDEX, parse("/").kind());
    assertEquals(Kind.SHELF, parse("/film").kind());
    assertEquals(Kind.SHELF, parse("/film/").kind());
    assertEquals("x y+z", parse("/film/?b=1&after=x+y%2Bz").after());
    assertEquals("", parse("/film/n/").folder());
    assertEquals("a/b/", parse("/film/n/a/b/").folder());
    assertEquals(Kind.FOLDER, parse("/film/n/a/b/").kind());
  }

  @Test
  void elsewhereIsNothing() {
    assertTrue(Target.parse("/favicon.ico").isEmpty());
    assertTrue(Target.parse("/films/x").isEmpty());
    assertTrue(Target.parse("/FILM/x").isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "film/x",
        "*",
        "/film/..",
        "/film/../object/x",
        "/film/%2e%2e",
        "/film/n/../../x",
        "/film/n/%2E%2E/x",
        "/film/n/a/./b",
        "/film/n//b",
        "/film//b",
        "/film/n/a//",
        "/film/n/a%2Fb",
        "/film/n/%2fetc",
        "/film/a%5Cb",
        "/film/a%00b",
        "/film/a%0d%0ab",
        "/film/%",
        "/film/%4",
        "/film/%zz",
        "/film/%-1",
        "/film/%C3",
        "/film/%ff",
        "/film/%C0%AE%C0%AE",
        "/film/a b",
        "/film/\u00e4",
        "/film/x#y",
        "/film/?after=%"
      })
  void refusesWhatClimbsOutOrIsMalformed(String uri) {
    assertThrows(IllegalArgumentException.class, () -> Target.parse(uri));
  }

  @Test
  void aListingsLinksLeadBack() {
    SplittableRandom random = Seeds.random();
    for (int i = 0; i < 2000; i++) {
      String name = name(random);
      String uri = "/film/" + Percent.encode(name) + "/" + Percent.encode(name);
      ObjectRef ref = new ObjectRef(Shelf.CATALOGUE, name, name);
      assertEquals(ref, parse(uri).ref(), () -> Seeds.note(uri));
    }
  }

  private static String name(SplittableRandom random) {
    StringBuilder name = new StringBuilder("x");
    for (int i = random.nextInt(20); i > 0; i--) {
      int c = random.nextInt(0x20, random.nextBoolean() ? 0x7f : 0x10000);
      boolean plain = c != '/' && c != '\\' && c != 0x7f && !Character.isSurrogate((char) c);
      name.append(plain ? (char) c : '_');
    }
    return name.toString();
  }
}
