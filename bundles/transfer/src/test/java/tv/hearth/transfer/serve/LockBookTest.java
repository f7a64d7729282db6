package tv.hearth.transfer.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.OwnerId;
import tv.hearth.support.cbor.CborMap;

final class LockBookTest {
  private static final OwnerId OWNER = new OwnerId("a".repeat(32));
  private static final ObjectId OBJECT = new ObjectId("0".repeat(31) + "1");

  /** {t: "hearth/lock", v: 1, heard: 1700000000, tombstone: h'010203'}, as boxes have it. */
  private static final String GOLDEN =
      "a461746b6865617274682f6c6f636b6176016568656172641a6553f10069746f6d6273746f6e6543010203";

  @TempDir Path temp;

  private static LockBook.Entry entry(boolean locked) {
    return new LockBook.Entry(
        new LockBook.Key(OWNER, OBJECT),
        locked,
        Instant.ofEpochSecond(1_700_000_000),
        Bytes.ofHex("010203"));
  }

  @Test
  void theFileIsAsTheFormatPageHasIt() throws Exception {
    new LockBook(temp).put(entry(true));
    Path file = temp.resolve(OWNER + "-" + OBJECT + ".lock");
    assertEquals(GOLDEN, HexFormat.of().formatHex(Files.readAllBytes(file)));
    assertEquals(entry(true), new LockBook(temp).find(OWNER, OBJECT).orElseThrow());
  }

  @Test
  void aLockTakesThePlaceOfWaiting() throws Exception {
    LockBook book = new LockBook(temp);
    book.put(entry(false));
    book.put(entry(true));
    LockBook again = new LockBook(temp);
    assertEquals(1, again.all().size());
    assertTrue(again.find(OWNER, OBJECT).orElseThrow().locked());
    again.remove(entry(true));
    assertEquals(0, new LockBook(temp).all().size());
  }

  @Test
  void whatCantBeReadIsLeftAlone() throws Exception {
    new LockBook(temp).put(entry(true));
    Path newer = temp.resolve(OWNER + "-" + "2".repeat(32) + ".lock");
    Files.write(newer, HexFormat.of().parseHex(GOLDEN.replace("617601", "617602")));
    Path torn = Files.write(temp.resolve("torn.lock"), new byte[] {1, 2});
    assertEquals(1, new LockBook(temp).all().size());
    assertTrue(Files.exists(newer) && Files.exists(torn));
  }

  private Path file(String ending) {
    return temp.resolve(OWNER + "-" + OBJECT + ending);
  }

  @Test
  void fieldsOfANewerReleaseStayWhenWaitingBecomesALock() throws Exception {
    CborMap map = CborMap.parse(HexFormat.of().parseHex(GOLDEN)).put("reason", "law");
    Files.write(file(".wait"), map.toBytes());
    LockBook book = new LockBook(temp);
    book.put(entry(true));
    assertEquals("law", CborMap.parse(Files.readAllBytes(file(".lock"))).text("reason", 9));
    assertFalse(Files.exists(file(".wait")));
    book.remove(entry(true));
    book.put(entry(true));
    assertEquals(GOLDEN, HexFormat.of().formatHex(Files.readAllBytes(file(".lock"))));
  }

  @Test
  void aLockOfANewerReleaseOutlivesOneOfTheSameObject() throws Exception {
    byte[] newer = HexFormat.of().parseHex(GOLDEN.replace("617601", "617602"));
    Files.write(file(".lock"), newer);
    LockBook book = new LockBook(temp);
    assertEquals(1, book.unread());
    book.put(entry(true));
    book.put(entry(true));
    assertEquals(1, book.unread());
    book.remove(entry(true));
    assertEquals(1, new LockBook(temp).unread());
    assertArrayEquals(newer, Files.readAllBytes(file(".lock")));
  }

  /** A folder in place of a file: as a sector that can't be read. */
  @Test
  void oneThatCantBeReadKeepsNoneFromStarting() throws Exception {
    new LockBook(temp).put(entry(true));
    Files.createDirectories(temp.resolve(OWNER + "-" + "3".repeat(32) + ".lock"));
    LockBook book = new LockBook(temp);
    assertEquals(1, book.all().size());
    assertEquals(1, book.unread());
  }
}
