package tv.hearth.crypto.seal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static tv.hearth.api.cipher.ObjectCipher.FIRST_PLAIN;
import static tv.hearth.api.cipher.ObjectCipher.HEADER;
import static tv.hearth.api.cipher.ObjectCipher.PLAIN;
import static tv.hearth.api.cipher.ObjectCipher.UNIT;

import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tv.hearth.api.cipher.CipherException;
import tv.hearth.api.cipher.ObjectKey;
import tv.hearth.crypto.primitive.Secret;

/** A ciphertext of ours opens with Tink, and the other way round. */
final class TinkInteropTest {
  private static final byte[] ASSOCIATED = "object id and format".getBytes();
  private final SecureRandom random = new SecureRandom();
  private final Secret secret = Secret.random(random);
  private final ObjectKeys keys = new ObjectKeys(Secret.random(random), random);
  private final StreamCipher ours = new StreamCipher(keys, random);
  private final ObjectKey key = keys.conceal(secret);
  private final AesGcmHkdfStreaming tink;

  TinkInteropTest() throws GeneralSecurityException {
    tink = new AesGcmHkdfStreaming(secret.toArray(), "HmacSha256", 32, UNIT, 0);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0,
        1,
        FIRST_PLAIN - 1,
        FIRST_PLAIN,
        FIRST_PLAIN + 1,
        FIRST_PLAIN + PLAIN - 1,
        FIRST_PLAIN + PLAIN,
        FIRST_PLAIN + PLAIN + 1,
        1_000_000
      })
  void bothWays(int length) throws Exception {
    byte[] plain = bytes(length);
    byte[] sealed = seal(plain);
    assertArrayEquals(
        plain,
        tink.newDecryptingStream(new ByteArrayInputStream(sealed), ASSOCIATED).readAllBytes());
    byte[] theirs = sealByTink(plain);
    assertEquals(sealed.length, theirs.length);
    assertArrayEquals(plain, open(0, true, theirs, theirs));
  }

  @Test
  void tinkSeeksInOurs(@TempDir Path folder) throws Exception {
    byte[] plain = bytes(500_000);
    Path file = Files.write(folder.resolve("sealed"), seal(plain));
    try (FileChannel raw = FileChannel.open(file);
        SeekableByteChannel channel = tink.newSeekableDecryptingChannel(raw, ASSOCIATED)) {
      for (int at : new int[] {499_999, 0, FIRST_PLAIN - 1, 300_000}) {
        channel.position(at);
        ByteBuffer two = ByteBuffer.allocate(Math.min(2, plain.length - at));
        while (two.hasRemaining()) {
          channel.read(two);
        }
        assertArrayEquals(Arrays.copyOfRange(plain, at, at + two.capacity()), two.array());
      }
    }
  }

  @Test
  void weSeekInTinks() throws Exception {
    byte[] plain = bytes(500_000);
    byte[] theirs = sealByTink(plain);
    for (int unit = 1; unit < 8; unit++) {
      int end = Math.min(theirs.length, (unit + 1) * UNIT);
      byte[] opened = open(unit, unit == 7, theirs, Arrays.copyOfRange(theirs, unit * UNIT, end));
      int start = FIRST_PLAIN + (unit - 1) * PLAIN;
      assertArrayEquals(Arrays.copyOfRange(plain, start, start + opened.length), opened);
    }
  }

  private byte[] seal(byte[] plain) throws CipherException {
    ByteBuffer sealed = ByteBuffer.allocate(plain.length + plain.length / PLAIN * 16 + 100);
    ours.seal(key, ours.newHeader(), ASSOCIATED, 0, true, ByteBuffer.wrap(plain), sealed);
    return Arrays.copyOf(sealed.array(), sealed.position());
  }

  private byte[] open(int unit, boolean ends, byte[] stream, byte[] sealed) throws CipherException {
    ByteBuffer plain = ByteBuffer.allocate(sealed.length);
    byte[] header = Arrays.copyOf(stream, HEADER);
    ours.open(key, header, ASSOCIATED, unit, ends, ByteBuffer.wrap(sealed), plain);
    return Arrays.copyOf(plain.array(), plain.position());
  }

  private byte[] sealByTink(byte[] plain) throws GeneralSecurityException, IOException {
    ByteArrayOutputStream sealed = new ByteArrayOutputStream();
    try (OutputStream out = tink.newEncryptingStream(sealed, ASSOCIATED)) {
      out.write(plain);
    }
    return sealed.toByteArray();
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new SplittableRandom(length).nextBytes(bytes);
    return bytes;
  }
}
