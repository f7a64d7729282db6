package tv.hearth.objects.name;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.value.Bytes;
import tv.hearth.support.cbor.CborMap;
import tv.hearth.support.io.Aside;
import tv.hearth.vendor.objects.DurabilityClass;

/** It can be begun anew at any time, and still says what a newer release wrote. */
class OpenPacksTest {
  private static final Bytes PACK = Bytes.of(new byte[16]);

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("open-packs");
  }

  private OpenPacks open() {
    return new OpenPacks(Optional.of(file));
  }

  private static CborMap entry(String label) {
    return new CborMap().put("class", label).put("pack", new byte[16]);
  }

  private static CborMap future(int version) {
    return new CborMap()
        .put("t", "hearth/open-packs")
        .put("v", version)
        .put("colour", "red")
        .putMaps("packs", List.of(entry("home"), entry("eternal").put("since", 7)));
  }

  @Test
  void whatANewerReleaseAddedStays() throws Exception {
    Files.write(file, future(1).toBytes());
    OpenPacks packs = open();
    assertEquals(Optional.of(PACK), packs.get(DurabilityClass.HOME));
    packs.set(DurabilityClass.ARCHIVE, PACK);
    CborMap after = CborMap.parse(Files.readAllBytes(file));
    assertEquals("red", after.text("colour", 9));
    assertEquals(7, after.maps("packs", 9).get(0).number("since", 0, 9));
    assertEquals(3, after.maps("packs", 9).size());
    assertEquals(Optional.of(PACK), open().get(DurabilityClass.ARCHIVE));
  }

  @Test
  void oneOfANewerVersionWaitsForItsRelease() throws Exception {
    byte[] newer = future(2).toBytes();
    Files.write(file, newer);
    OpenPacks packs = open();
    assertEquals(Optional.empty(), packs.get(DurabilityClass.HOME));
    assertArrayEquals(newer, Files.readAllBytes(Aside.of(file)));
    packs.set(DurabilityClass.HOME, PACK);
    assertEquals(Optional.of(PACK), open().get(DurabilityClass.HOME));
    assertArrayEquals(newer, Files.readAllBytes(Aside.of(file)));
  }

  @Test
  void whereNothingWasWrittenMeanwhileItIsTakenBack() throws Exception {
    Files.write(Aside.of(file), future(1).toBytes());
    assertEquals(Optional.of(PACK), open().get(DurabilityClass.HOME));
    assertFalse(Files.exists(Aside.of(file)));
  }

  @Test
  void aTornOneIsBegunAnew() throws Exception {
    Files.write(file, new byte[] {1, 2, 3});
    OpenPacks packs = open();
    assertEquals(Optional.empty(), packs.get(DurabilityClass.HOME));
    packs.set(DurabilityClass.HOME, PACK);
    assertTrue(open().get(DurabilityClass.HOME).isPresent());
  }
}
