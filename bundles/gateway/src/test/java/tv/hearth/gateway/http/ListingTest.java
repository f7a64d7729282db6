package tv.hearth.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tv.hearth.gateway.Infos;
import tv.hearth.vendor.objects.ObjectInfo;
import tv.hearth.vendor.objects.ObjectRef;
import tv.hearth.vendor.objects.Shelf;

class ListingTest {
  private static final Pattern PATH = Pattern.compile("\\{\"path\":\"([^\"]*)\"");
  private static final Pattern NEXT = Pattern.compile("\"next\":\"([^\"]*)\"");

  private static String play(String... paths) {
    ObjectInfo info = Infos.folder(Shelf.CATALOGUE, "f", "t", paths);
    Matcher found =
        Pattern.compile("\"play\":(null|\"[^\"]*\")")
            .matcher(Listing.shelf(Shelf.CATALOGUE, List.of(info)));
    assertTrue(found.find());
    return found.group(1);
  }

  @Test
  void aShelf() {
    ObjectInfo film = Infos.folder(Shelf.CATALOGUE, "a \"film\"", "t", "index.m3u8", "x.m4s");
    assertEquals(
        "{\"objects\":[{\"name\":\"a \\\"film\\\"\",\"length\":20,\"type\":\"folder\","
            + "\"href\":\"/film/a%20%22film%22/\",\"play\":\"/film/a%20%22film%22/index.m3u8\","
            + "\"class\":\""
            + film.durability().label()
            + "\",\"stored\":\"2026-03-01T10:20:30.400Z\",\"versions\":1,\"survives\":16}],"
            + "\"next\":null}",
        Listing.shelf(Shelf.CATALOGUE, List.of(film)));
    assertEquals("{\"objects\":[],\"next\":null}", Listing.shelf(Shelf.HOUSEHOLD, List.of()));
  }

  @Test
  void aPlayerBeginsAtTheMasterPlaylist() {
    assertEquals("\"/film/f/master.m3u8\"", play("720/index.m3u8", "a.m3u8", "master.m3u8"));
    assertEquals("\"/film/f/z.mpd\"", play("v/master.m3u8", "z.mpd"));
    assertEquals("\"/film/f/v/index.m3u8\"", play("v/index.m3u8", "v/low.m3u8"));
    assertEquals("null", play("a.jpg", "b.txt"));
  }

  @Test
  void aSingleFilmPlaysAsItIs() {
    ObjectInfo file = Infos.file(Shelf.HOUSEHOLD, "x.mp4", 7, "", "t");
    assertTrue(
        Listing.shelf(Shelf.HOUSEHOLD, List.of(file)).contains("\"play\":\"/object/x.mp4\""));
    ObjectInfo text = Infos.file(Shelf.HOUSEHOLD, "x.txt", 7, "", "t");
    assertTrue(Listing.shelf(Shelf.HOUSEHOLD, List.of(text)).contains("\"play\":null"));
  }

  @Test
  void anInnerFolderListsWhatIsInIt() {
    ObjectInfo info = Infos.folder(Shelf.HOUSEHOLD, "f", "t", "a/b", "a/c", "ab/d", "e");
    assertEquals(List.of("a/b", "a/c"), paths(Listing.folder(info, "a/", "")));
    assertEquals(List.of("e"), paths(Listing.folder(info, "", "ab/d")));
  }

  @Test
  void aBigFolderComesInPagesThatMissNothing() {
    TreeSet<String> all = new TreeSet<>();
    for (int i = 0; i < 5000; i++) {
      all.add("season/part-" + i * 7919 % 5000 + ".m4s");
    }
    ObjectInfo info = Infos.folder(Shelf.CATALOGUE, "f", "t", all.toArray(String[]::new));
    List<String> got = new ArrayList<>();
    String after = "";
    int pages = 0;
    while (after != null) {
      String page = Listing.folder(info, "season/", after);
      assertTrue(page.length() < Listing.PAGE + 1000, "a page of " + page.length());
      got.addAll(paths(page));
      Matcher next = NEXT.matcher(page);
      after = next.find() ? Target.parse(next.group(1)).orElseThrow().after() : null;
      pages++;
    }
    assertEquals(List.copyOf(all), got);
    assertTrue(pages > 2, "in " + pages + " pages");
  }

  @Test
  void aFullShelfLeadsOn() {
    List<ObjectInfo> thousand = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      String name = String.format("%04d", i);
      thousand.add(Infos.info(ObjectRef.of(Shelf.CATALOGUE, name), 1, "", "t", List.of()));
    }
    Matcher next = NEXT.matcher(Listing.shelf(Shelf.CATALOGUE, thousand));
    assertTrue(next.find());
    String after = Target.parse(next.group(1)).orElseThrow().after();
    assertTrue(after.compareTo("0500") > 0 && after.compareTo("0999") <= 0, after);
  }

  private static List<String> paths(String json) {
    List<String> paths = new ArrayList<>();
    Matcher each = PATH.matcher(json);
    while (each.find()) {
      paths.add(each.group(1));
    }
    return paths;
  }
}
