package tv.hearth.objects.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.OwnerId;
import tv.hearth.objects.Seeds;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.record.HeadRecord;
import tv.hearth.vendor.objects.DurabilityClass;
import tv.hearth.vendor.objects.ObjectInfo.FileEntry;

class FormatsTest {
  private static final Bytes HASH = Bytes.of(new byte[32]);

  private static HeadContent content() {
    return new HeadContent(
        HeadContent.Form.FOLDER,
        "film",
        HeadContent.FOLDER_TYPE,
        1000,
        DurabilityClass.FILM,
        16,
        20,
        19,
        new HeadContent.Stored(
            new ObjectId("0123456789abcdef0123456789abcdef"),
            HASH,
            Bytes.of(new byte[] {1}),
            77,
            Bytes.of(new byte[0])));
  }

  /** Stored bytes outlive code: these never change. */
  @Test
  void goldenBytes() throws Exception {
    assertEquals(
        "84" + manifestRest(),
        HexFormat.of()
            .formatHex(Manifest.of("f", List.of(new FileEntry("a/b", 9, "text/x"))).encode("f")));
    assertEquals(
        "8371" + HexFormat.of().formatHex("hearth/pack-index".getBytes()) + "01818207182a",
        HexFormat.of().formatHex(PackIndex.of(Map.of(7L, 42L)).encode()));
  }

  private static String manifestRest() {
    return "6f"
        + HexFormat.of().formatHex("hearth/manifest".getBytes())
        + "01"
        + "8166"
        + HexFormat.of().formatHex("text/x".getBytes())
        + "818363612f620900";
  }

  @Test
  void headContentComesBack() throws Exception {
    assertEquals(content(), HeadContent.decode(content().encode()));
    HeadContent entry =
        new HeadContent(
            HeadContent.Form.ENTRY,
            "n",
            "text/plain",
            5,
            DurabilityClass.HOME,
            1,
            2,
            2,
            new HeadContent.Packed(Bytes.of(new byte[16]), 99));
    assertEquals(entry, HeadContent.decode(entry.encode()));
  }

  /**
   * Cut or flipped anywhere: refused by name, or another valid content; never another exception.
   */
  @Test
  void damagedFormatsAreRefused() throws Exception {
    Seeds seeds = Seeds.random();
    byte[] head = content().encode();
    byte[] manifest = Manifest.of("f", List.of(new FileEntry("a/b", 9, "x/y"))).encode("f");
    byte[] index = PackIndex.of(Map.of(7L, 42L)).encode();
    for (int i = 0; i < 3000; i++) {
      byte[] one = damaged(List.of(head, manifest, index).get(i % 3), seeds);
      try {
        switch (i % 3) {
          case 0 -> HeadContent.decode(one);
          case 1 -> Manifest.decode(one);
          default -> PackIndex.decode(one);
        }
      } catch (CborException e) {
        assertTrue(!e.getMessage().isEmpty(), seeds.message());
      }
    }
    for (int cut = 0; cut < head.length; cut++) {
      byte[] part = java.util.Arrays.copyOf(head, cut);
      assertThrows(CborException.class, () -> HeadContent.decode(part));
    }
  }

  private static byte[] damaged(byte[] bytes, Seeds seeds) {
    byte[] copy = bytes.clone();
    copy[seeds.generator().nextInt(copy.length)] ^= (byte) (1 << seeds.generator().nextInt(8));
    return copy;
  }

  private static HeadRecord head(long revision, long written, Bytes... parents) {
    OwnerId owner = new OwnerId("a".repeat(32));
    return new HeadRecord(
        owner, HASH, revision, List.of(parents), false, HASH, Instant.ofEpochSecond(written));
  }

  @Test
  void siblingsAreSettledWhateverTheOrder() {
    HeadRecord first = head(1, 1);
    HeadRecord left = head(2, 2, Siblings.hash(first));
    HeadRecord right = head(2, 3, Siblings.hash(first));
    List<HeadRecord> all = new ArrayList<>(List.of(first, left, right, left));
    for (int i = 0; i < 20; i++) {
      Collections.shuffle(all, new Random(i));
      assertEquals(List.of(right, left), Siblings.of(all).heads());
    }
    Siblings both = Siblings.of(all);
    HeadRecord next = head(both.nextRevision(), 0, both.nextParents().toArray(new Bytes[0]));
    all.add(next);
    assertEquals(List.of(next), Siblings.of(all).heads());
    assertEquals(List.of(next), Siblings.of(List.of(first, next)).heads());
  }

  @Test
  void aVersionFarBehindIsOld() {
    HeadRecord old = head(1, 100);
    HeadRecord now = head(10, 1, HASH);
    assertEquals(List.of(now), Siblings.of(List.of(old, now)).heads());
  }

  @Test
  void readAheadOpensForThoseWhoReadOnAndStaysWithinItsBudget() {
    ReadAhead ahead = new ReadAhead(64, 1000);
    assertEquals(0, ahead.read("film", 0, 0, 5, 0));
    assertEquals(500, ahead.read("film", 500, 500, 5, 1));
    long target = ahead.read("film", 1, 1, 5, 2);
    assertTrue(target > 1);
    for (int unit = 2; unit < 100; unit++) {
      target = ahead.read("film", unit, unit, 5, 3);
      assertTrue(target >= unit && target <= unit + 64);
    }
    assertTrue(target > 99 + 20);
  }

  @Test
  void shunnedHoldersComeBack() {
    HolderHealth health = new HolderHealth();
    tv.hearth.api.value.BoxId box = new tv.hearth.api.value.BoxId("b".repeat(32));
    long second = 1_000_000_000L;
    health.failed(box, 0);
    assertEquals(HolderHealth.DEAD, health.standing(box, second));
    assertFalse(health.probes(box, second));
    assertEquals(HolderHealth.SUSPECT, health.standing(box, 4 * second));
    assertTrue(health.probes(box, 4 * second), "somebody tries it");
    assertFalse(health.probes(box, 4 * second), "one is enough");
    health.failed(box, 4 * second);
    assertEquals(HolderHealth.DEAD, health.standing(box, 9 * second));
    assertTrue(health.patience(box, 1, 9 * second) <= second * 150 / 1000);
    health.answered(box, 1, 1, 9 * second);
    assertEquals(HolderHealth.GOOD, health.standing(box, 9 * second));
    health.lied(box, 0);
    assertEquals(HolderHealth.LIAR, health.standing(box, 300 * second));
    assertEquals(HolderHealth.GOOD, health.standing(box, 700 * second));
  }
}
