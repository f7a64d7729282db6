package tv.hearth.update.payload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a box offers to its neighbours, over restarts and damage. */
class SharesTest {
  @TempDir Path home;
  private final byte[] content = Payloads.bytes(3, 3 * Payloads.CHUNK + 1);
  private final Tree tree = Payloads.tree(content);
  private String sha256;
  private Path jar;
  private Path record;

  @BeforeEach
  void keep() throws Exception {
    sha256 = Payloads.sha256(content);
    jar = home.resolve("store/" + sha256 + ".jar");
    record = home.resolve("shares/" + tree.root());
    Files.createDirectories(home.resolve("store/incoming"));
    Shares shares = new Shares(home);
    Share share = shares.begin(tree, sha256);
    for (int i = 0; i < tree.chunks(); i++) {
      share.write(i, Payloads.chunk(content, i));
    }
    shares.keep(share, sha256);
    Files.move(home.resolve("store/incoming/" + sha256 + ".part"), jar);
    assertArrayEquals(Payloads.chunk(content, 1), shares.chunk(tree.root(), 1).orElseThrow());
  }

  @Test
  void whatItHasIsOfferedAfterARestart() throws Exception {
    Shares again = new Shares(home);
    assertEquals(tree.chunks(), again.held(tree.root()).orElseThrow().cardinality());
    for (int i = 0; i < tree.chunks(); i++) {
      assertArrayEquals(Payloads.chunk(content, i), again.chunk(tree.root(), i).orElseThrow());
    }
    assertEquals(Optional.empty(), again.chunk(tree.root(), tree.chunks()));
  }

  @Test
  void whatAPowerCutLeftOfARecordIsNoRecordAndIsThrownAway() throws Exception {
    Path left = record.resolveSibling(record.getFileName() + ".tmp");
    Files.copy(record, left);
    Shares again = new Shares(home);
    assertEquals(tree.chunks(), again.held(tree.root()).orElseThrow().cardinality());
    assertTrue(Files.notExists(left));
    assertTrue(Files.exists(record));
  }

  @Test
  void filesOfANewerReleaseAreLeftForIt() throws Exception {
    Path later = record.resolveSibling("0".repeat(64));
    Files.write(later, new byte[] {'H', 'P', 'S', '2', 1, 2, 3});
    Path unknown = Files.write(record.resolveSibling("index"), new byte[] {1});
    Path damaged = Files.write(record.resolveSibling("1".repeat(64)), new byte[] {1, 2, 3, 4});
    Shares again = new Shares(home);
    assertTrue(again.held(tree.root()).isPresent());
    assertTrue(Files.exists(later) && Files.exists(unknown));
    assertTrue(Files.notExists(damaged));
  }

  @Test
  void whatTheStoreLetGoOfIsNotOffered() throws Exception {
    Shares before = new Shares(home);
    Files.delete(jar);
    assertEquals(Optional.empty(), before.held(tree.root()));
    assertEquals(Optional.empty(), new Shares(home).held(tree.root()));
    assertTrue(Files.notExists(record));
  }

  @Test
  void aFlippedBitOfAChunkIsNeverHandedOn() throws Exception {
    byte[] bytes = content.clone();
    bytes[Payloads.CHUNK + 9] ^= 4;
    Files.write(jar, bytes);
    Shares again = new Shares(home);
    assertTrue(again.chunk(tree.root(), 1).isEmpty());
    assertTrue(again.chunk(tree.root(), 2).isPresent());
  }

  @Test
  void aFlippedBitOfTheRecordCostsTheOfferAlone() throws Exception {
    byte[] whole = Files.readAllBytes(record);
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] bad = whole.clone();
      bad[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(record, bad);
      Shares again = new Shares(home);
      for (int i = 0; i < tree.chunks(); i++) {
        Optional<byte[]> chunk = again.chunk(tree.root(), i);
        if (chunk.isPresent()) {
          assertArrayEquals(Payloads.chunk(content, i), chunk.get(), "bit " + bit);
        }
      }
    }
  }
}
