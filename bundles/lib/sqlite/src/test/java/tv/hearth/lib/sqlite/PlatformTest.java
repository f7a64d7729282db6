package tv.hearth.lib.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "amd64,   ld-linux-x86-64.so.2,  true,  amd64 with glibc",
    "aarch64, ld-linux-aarch64.so.1, true,  aarch64 with glibc",
    "arm,     ld-linux-armhf.so.3,   true,  arm with glibc",
    "arm,     ld-linux.so.3,         false, 'arm with glibc, soft float'",
    "arm,     ld-musl-armhf.so.1,    false, arm with musl",
    "arm,     ld-musl-arm.so.1,      false, 'arm with musl, soft float'",
    "aarch64, ld-musl-aarch64.so.1,  false, aarch64 with musl",
    "amd64,   ld64-uClibc.so.0,      false, amd64 with uClibc",
    "aarch64, linker64,              false, aarch64 with Android's C library",
    "riscv64, ld-linux-riscv64-lp64d.so.1, false, riscv64 with glibc",
    "aarch64, '',                    true,  aarch64",
    "aarch64, ld-vendor.so.1,        true,  aarch64",
  })
  void whatTheBundleHasALibraryFor(String arch, String loader, boolean ours, String words) {
    Platform platform = new Platform(arch, loader);
    assertEquals(ours, platform.isOurs());
    assertEquals(words, platform.words());
  }

  @Test
  void whatIsMissingIsNamedWithTheRemedy() throws Exception {
    for (Platform other :
        new Platform[] {
          new Platform("aarch64", "ld-musl-aarch64.so.1"), new Platform("arm", "ld-linux.so.3")
        }) {
      String said =
          assertThrows(IOException.class, () -> SqliteLibrary.require(other)).getMessage();
      assertTrue(said.contains("libsqlitejdbc.so is missing"), said);
      assertTrue(said.contains("none for " + other.words()), said);
      assertTrue(said.contains("armv7 (hard float), aarch64 and x86-64, for glibc"), said);
      assertTrue(said.contains("hearth.sqlite.library"), said);
    }
    SqliteLibrary.require(new Platform("arm", "ld-linux-armhf.so.3"));
  }

  @Test
  void aProgramTellsItsLoaderInBothWidthsAndOrders() throws Exception {
    for (boolean wide : new boolean[] {true, false}) {
      for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
        Path program = Files.write(folder.resolve("program"), elf(wide, order, 3));
        assertEquals("ld-musl-arm.so.1", Platform.loaderOf(program), wide + " " + order);
        Path fixed = Files.write(folder.resolve("static"), elf(wide, order, 1));
        assertEquals("", Platform.loaderOf(fixed));
      }
    }
  }

  @Test
  void whatIsNoProgramIsRefusedWhateverItsBytes() throws Exception {
    byte[] whole = elf(true, ByteOrder.LITTLE_ENDIAN, 3);
    for (int length = 0; length < 64; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      Path file = Files.write(folder.resolve("part"), part);
      assertThrows(IOException.class, () -> Platform.loaderOf(file));
    }
    whole[39] = -1; // the table lies before the file
    Path file = Files.write(folder.resolve("damaged"), whole);
    assertThrows(IOException.class, () -> Platform.loaderOf(file));
  }

  @Test
  void thisJvmsIsTold() {
    Platform here = Platform.here();
    boolean told = !here.loader().isEmpty();
    assertEquals(Files.exists(Path.of("/proc/self/exe")), told, here.toString());
    assertFalse(here.words().isBlank());
  }

  /** A header, one entry of the program's table of that type, and a loader's path. */
  private static byte[] elf(boolean wide, ByteOrder order, int type) {
    byte[] path = "/lib/ld-musl-arm.so.1\0".getBytes(StandardCharsets.US_ASCII);
    ByteBuffer file = ByteBuffer.allocate(200).order(order);
    file.put(new byte[] {0x7f, 'E', 'L', 'F', (byte) (wide ? 2 : 1)});
    file.put((byte) (order == ByteOrder.BIG_ENDIAN ? 2 : 1));
    int table = 64;
    int name = 160;
    if (wide) {
      file.putLong(32, table).putShort(54, (short) 56).putShort(56, (short) 1);
      file.putInt(table, type).putLong(table + 8, name).putLong(table + 32, path.length);
    } else {
      file.putInt(28, table).putShort(42, (short) 32).putShort(44, (short) 1);
      file.putInt(table, type).putInt(table + 4, name).putInt(table + 16, path.length);
    }
    file.position(name);
    file.put(path);
    return file.array();
  }
}
