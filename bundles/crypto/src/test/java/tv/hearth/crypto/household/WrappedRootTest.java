package tv.hearth.crypto.household;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import tv.hearth.api.identity.IdentityException;
import tv.hearth.crypto.primitive.Secret;
import tv.hearth.support.cbor.CborMap;

/** The wrapped root's format: a golden one, hostile costs, unknown versions. */
final class WrappedRootTest {
  private static final String GOLDEN =
      "a86174736865617274682f777261707065642d726f6f74617601636b6466686172676f6e32696464"
          + "73616c745009d628c6a50044aadc3a6c6f132cf8fe656c616e657301666d656d6f7279194c006670"
          + "617373657302667365616c6564583d0198e859b16346178ae9244c6c071a67f4a351f6d9ff57cb35"
          + "7964e24b798717aae723e7b236f7d1c935ed280e369e0ccea8b3c24b166cdaa765b648e0";
  private static final Secret ROOT = filled(1);
  private static final Secret ENTROPY = filled(2);

  @Test
  void opensTheGoldenOne() throws IdentityException {
    assertEquals(ROOT, WrappedRoot.unwrap(HexFormat.of().parseHex(GOLDEN), ENTROPY));
  }

  @Test
  void opensWhatItWrapped() throws IdentityException {
    Argon2Cost cheap = new Argon2Cost(64, 1, 1);
    byte[] wrapped = WrappedRoot.wrap(ROOT, ENTROPY, cheap, new SecureRandom());
    assertEquals(ROOT, WrappedRoot.unwrap(wrapped, ENTROPY));
  }

  @Test
  void refusesCostsBeyondABoxBeforeTheyAreSpent() throws Exception {
    refused("memory", CborMap.parse(golden()).put("memory", 4_000_000), "memory");
    refused("passes", CborMap.parse(golden()).put("passes", 1_000_000), "passes");
    refused("lanes", CborMap.parse(golden()).put("lanes", 1000), "lanes");
    refused("lanes", CborMap.parse(golden()).put("memory", 8).put("lanes", 4), "8 KiB");
  }

  @Test
  void refusesUnknownVersionsByName() throws Exception {
    refused("version", CborMap.parse(golden()).put("v", 2), "version 2");
    refused("kdf", CborMap.parse(golden()).put("kdf", "scrypt"), "argon2id");
    refused("type", CborMap.parse(golden()).put("t", "hearth/head"), "hearth/wrapped-root");
  }

  private static void refused(String what, CborMap map, String named) {
    IdentityException e =
        assertThrows(
            IdentityException.class, () -> WrappedRoot.unwrap(map.toBytes(), ENTROPY), what);
    assertEquals(IdentityException.Problem.BAD_PHRASE, e.problem());
    assertTrue(e.getMessage().contains(named), e.getMessage());
  }

  private static byte[] golden() {
    return HexFormat.of().parseHex(GOLDEN);
  }

  private static Secret filled(int value) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) value);
    return Secret.of(bytes);
  }
}
