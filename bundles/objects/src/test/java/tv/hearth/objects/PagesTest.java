package tv.hearth.objects;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.OwnerId;
import tv.hearth.objects.core.Siblings;
import tv.hearth.objects.name.Heads;
import tv.hearth.objects.name.Pages;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.Shelf;

/** How often all names are walked for a list, under virtual time. */
class PagesTest {
  private static final int NAMES = 10_500;
  private final TreeMap<String, Heads.Named> all = new TreeMap<>();
  private final Pages pages = new Pages();
  private int walks;

  PagesTest() {
    for (int i = 0; i < NAMES; i++) {
      Bytes id = Bytes.of(new byte[] {(byte) (i >> 8), (byte) i});
      OwnerId owner = new OwnerId("a".repeat(32));
      all.put(name(i), new Heads.Named(owner, id, Siblings.of(List.of()), null, true));
    }
  }

  private static String name(int i) {
    return String.format(Locale.ROOT, "%06d", i);
  }

  private List<Heads.Named> page(String after, long now) throws ObjectFailure {
    return pages.page(
        Shelf.HOUSEHOLD,
        after,
        now,
        (from, most) -> {
          walks++;
          TreeMap<String, Heads.Named> found = new TreeMap<>();
          all.tailMap(from, false).entrySet().stream()
              .limit(most)
              .forEach(each -> found.put(each.getKey(), each.getValue()));
          return found;
        });
  }

  @Test
  void aLongListIsWalkedOnceInEightPages() throws Exception {
    List<Heads.Named> listed = new ArrayList<>();
    List<Heads.Named> page = page("", 0);
    while (!page.isEmpty()) {
      listed.addAll(page);
      page = page(name(listed.size() - 1), 0);
    }
    assertEquals(List.copyOf(all.values()), listed);
    assertEquals(3, walks, "two walks for ten pages, and one that finds the end");
  }

  @Test
  void theFirstPageAndALatePageAreAlwaysNew() throws Exception {
    page("", 0);
    page("", 0);
    assertEquals(2, walks);
    page(name(999), TimeUnit.SECONDS.toNanos(29));
    assertEquals(2, walks);
    page(name(1999), TimeUnit.SECONDS.toNanos(31));
    assertEquals(3, walks);
  }
}
