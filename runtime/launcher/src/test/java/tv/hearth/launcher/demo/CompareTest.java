package tv.hearth.launcher.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo's judge: whatever is wrong must show. */
class CompareTest {
  private final byte[] content = new byte[200_000];
  @TempDir private Path folder;

  private Tally judge(byte[] served, int from, int length) throws IOException {
    new Random(1).nextBytes(content);
    Path stored = Files.write(folder.resolve("stored"), content);
    Tally tally = new Tally();
    Compare.stream(new ByteArrayInputStream(served), stored, from, length, tally);
    return tally;
  }

  private byte[] truth() {
    new Random(1).nextBytes(content);
    return content.clone();
  }

  @Test
  void rightBytesAreRight() throws IOException {
    Tally tally = judge(truth(), 0, 200_000);
    assertTrue(tally.right());
    assertEquals(200_000, tally.bytes);
    assertTrue(judge(Arrays.copyOfRange(truth(), 70_001, 150_000), 70_001, 79_999).right());
  }

  @Test
  void wrongBytesAreCounted() throws IOException {
    byte[] served = truth();
    served[0] ^= 1;
    served[131_072] ^= 1;
    served[199_999] ^= 1;
    Tally tally = judge(served, 0, 200_000);
    assertFalse(tally.right());
    assertEquals(3, tally.wrongBytes);
  }

  @Test
  void missingAndSurplusBytesAreWrong() throws IOException {
    assertEquals(1_000, judge(Arrays.copyOf(truth(), 199_000), 0, 200_000).wrongBytes);
    assertEquals(17, judge(Arrays.copyOf(truth(), 200_017), 0, 200_000).wrongBytes);
    assertEquals(5, judge(Arrays.copyOfRange(truth(), 10, 25), 10, 10).wrongBytes);
    assertEquals(200_000, judge(new byte[0], 0, 200_000).wrongBytes);
    assertFalse(judge(new byte[0], 0, 0).right(), "nothing served is nothing shown");
  }

  @Test
  void foldersOfASeedAreTheSame() throws IOException {
    Film one = FolderMaker.make(folder.resolve("one"), 7);
    Film same = FolderMaker.make(folder.resolve("same"), 7);
    Film other = FolderMaker.make(folder.resolve("other"), 8);
    assertEquals(10, one.files().size());
    assertEquals(one.files().keySet(), same.files().keySet());
    for (String path : one.files().keySet()) {
      assertEquals(-1, Files.mismatch(one.files().get(path), same.files().get(path)), path);
      assertTrue(Files.mismatch(one.files().get(path), other.files().get(path)) >= 0, path);
    }
    assertEquals(one.length(), same.length());
  }
}
