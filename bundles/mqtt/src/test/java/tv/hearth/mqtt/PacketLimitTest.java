package tv.hearth.mqtt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PacketLimitTest {
  private static final int MOST = 1_000;

  @Test
  void packetsWithinTheLimitPassUnchangedHoweverTheyAreRead() throws IOException {
    SplittableRandom random = Seeds.random();
    for (int i = 0; i < 200; i++) {
      byte[] packets = packets(random, MOST);
      assertArrayEquals(packets, readInBits(packets, random), Seeds.note("bytes changed"));
    }
  }

  @Test
  void aPacketThatIsTooLargeFailsAtItsHead() {
    SplittableRandom random = Seeds.random();
    for (int i = 0; i < 200; i++) {
      byte[] good = packets(random, MOST);
      byte[] all = concat(good, packet(MOST + 1 + random.nextInt(100_000)));
      assertThrows(IOException.class, () -> readInBits(all, random), Seeds.note("passed"));
    }
  }

  @Test
  void theFailureComesWithTheLastByteOfTheLength() throws IOException {
    InputStream in = limit(new byte[] {0x30, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f, 0, 0});
    for (int i = 0; i < 4; i++) {
      assertTrue(in.read() >= 0);
    }
    IOException refused = assertThrows(IOException.class, in::read);
    assertTrue(refused.getMessage().contains("268435455"), refused.getMessage());
  }

  @Test
  void aLengthOfFiveBytesIsNoMqtt() {
    InputStream in = limit(new byte[] {0x30, -1, -1, -1, -1, 1});
    assertThrows(IOException.class, () -> in.readAllBytes());
  }

  @Test
  void theEndIsTheEnd() throws IOException {
    assertEquals(-1, limit(new byte[0]).read());
  }

  private static InputStream limit(byte[] bytes) {
    return new PacketLimit(new ByteArrayInputStream(bytes), MOST);
  }

  private static byte[] readInBits(byte[] bytes, SplittableRandom random) throws IOException {
    InputStream in = limit(bytes);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[300];
    while (true) {
      boolean single = random.nextBoolean();
      int got = single ? in.read() : in.read(buffer, 3, 1 + random.nextInt(200));
      if (got < 0) {
        return out.toByteArray();
      }
      if (single) {
        out.write(got);
      } else {
        out.write(buffer, 3, got);
      }
    }
  }

  private static byte[] packets(SplittableRandom random, int most) {
    byte[] all = new byte[0];
    for (int i = random.nextInt(5); i >= 0; i--) {
      all = concat(all, packet(random.nextInt(4) == 0 ? 0 : random.nextInt(most + 1)));
    }
    return all;
  }

  private static byte[] packet(int length) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0x30);
    int left = length;
    do {
      out.write(left >= 128 ? left % 128 | 128 : left);
      left /= 128;
    } while (left > 0);
    out.writeBytes(new byte[length]);
    return out.toByteArray();
  }

  private static byte[] concat(byte[] one, byte[] other) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(one);
    out.writeBytes(other);
    return out.toByteArray();
  }
}
