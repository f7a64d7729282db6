package tv.hearth.launcher.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaylistTest {
  @TempDir private Path folder;

  private Optional<Playlist> find(String path, String text, String... others) throws IOException {
    TreeMap<String, Path> files = new TreeMap<>();
    files.put(path, Files.writeString(folder.resolve("list"), text));
    for (String other : others) {
      files.put(other, folder.resolve("list"));
    }
    return Playlist.find(files);
  }

  @Test
  void partsAreInOrderWithTheirSeconds() throws IOException {
    String text =
        "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXT-X-MAP:URI=\"init.mp4\"\n\n"
            + "#EXTINF:4.0,title, with a comma\nb.m4s\n#EXT-X-PROGRAM-DATE-TIME:x\n"
            + "#EXTINF:2,\n a.m4s \n#EXT-X-ENDLIST\n";
    Playlist playlist =
        find("hd/index.m3u8", text, "hd/init.mp4", "hd/a.m4s", "hd/b.m4s").orElseThrow();
    assertEquals("hd/index.m3u8", playlist.path());
    assertEquals(
        List.of(
            new Playlist.Part("hd/init.mp4", 0),
            new Playlist.Part("hd/b.m4s", 4),
            new Playlist.Part("hd/a.m4s", 2)),
        playlist.parts());
  }

  @Test
  void whatIsNoMediaPlaylistOfWholeFilesIsNone() throws IOException {
    String master = "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nhd.m3u8\n";
    assertEquals(Optional.empty(), find("a.m3u8", master));
    assertEquals(Optional.empty(), find("a.m3u8", ""));
    assertEquals(Optional.empty(), find("a.m3u8", "#EXTINF:4,\ngone.ts\n"));
    assertEquals(Optional.empty(), find("a.txt", "#EXTINF:4,\nb.ts\n", "b.ts"));
    assertEquals(Optional.empty(), find("a.m3u8", "#EXTINF:..,\nb.ts\n", "b.ts"));
    String ranges = "#EXTINF:4,\n#EXT-X-BYTERANGE:100@0\nb.ts\n";
    assertEquals(Optional.empty(), find("a.m3u8", ranges, "b.ts"));
  }
}
