package tv.hearth.support.cose;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tv.hearth.support.Seeds;
import tv.hearth.support.cbor.CborException;

class Sign1Test {
  private static final String SIGNATURE = "5840" + "ab".repeat(64);

  /** {1: -8, 3: "t/x"} as a byte string. */
  private static final String PROTECTED = "48a201270363742f78";

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static byte[] signature() {
    byte[] signature = new byte[64];
    Arrays.fill(signature, (byte) 0xab);
    return signature;
  }

  @Test
  void theEnvelopeIsAsRfc9052Says() throws CborException {
    byte[] expected = hex("d284" + PROTECTED + "a0" + "43010203" + SIGNATURE);
    byte[] payload = {1, 2, 3};
    assertArrayEquals(expected, new Sign1("t/x", payload, signature()).encode());
    Sign1 parsed = Sign1.parse(expected);
    assertEquals("t/x", parsed.type());
    assertArrayEquals(payload, parsed.payload());
    assertArrayEquals(signature(), parsed.signature());
  }

  @Test
  void whatIsSignedIsTheSigStructure() {
    assertArrayEquals(
        hex("84" + "6a5369676e617475726531" + PROTECTED + "40" + "43010203"),
        Sign1.toBeSigned("t/x", new byte[] {1, 2, 3}));
  }

  @ParameterizedTest
  @CsvSource({
    "84 48a201270363742f78 a0 40, tag 18", // no tag
    "d1 84 48a201270363742f78 a0 40, tag 18", // COSE_Mac0
    "d8628448a201270363742f78a040, tag 18", // COSE_Sign
    "d2 83 48a201270363742f78 a0 40, four parts",
    "d2 84 48a201260363742f78 a0 40, EdDSA", // ES256
    "d2 84 48a2013a0363742f78 a0 40, ''",
    "d2 84 48a202270363742f78 a0 40, EdDSA",
    "d2 84 48a201270463742f78 a0 40, content type", // a key id
    "d2 84 43a10127 a0 40, EdDSA", // no content type
    "d2 84 40 a0 40, ''", // no protected headers
    "d2 84 4aa3012704400363742f78 a0 40, EdDSA",
    "d2 84 47a2012703182a00 a0 40, ''", // content type as a number
    "d2 84 49a201270363742f7800 a0 40, too many", // bytes behind the headers
    "d2 84 48a201270363742f78 a1044131 40, unprotected",
    "d2 84 48a201270363742f78 a0 f6, byte string" // detached payload
  })
  void otherEnvelopesAreRefused(String head, String reason) {
    CborException thrown =
        assertThrows(CborException.class, () -> Sign1.parse(hex(head + SIGNATURE)));
    assertTrue(thrown.getMessage().contains(reason), thrown.getMessage());
  }

  @Test
  void signatureAndEndAreChecked() {
    String head = "d284" + PROTECTED + "a040";
    assertThrows(CborException.class, () -> Sign1.parse(hex(head + "583f" + "00".repeat(63))));
    assertThrows(CborException.class, () -> Sign1.parse(hex(head + "5841" + "00".repeat(65))));
    assertThrows(CborException.class, () -> Sign1.parse(hex(head + SIGNATURE + "00")));
    assertThrows(CborException.class, () -> Sign1.parse(new byte[Sign1.MAX + 1]));
    assertThrows(CborException.class, () -> Sign1.parse(new byte[0]));
  }

  @Test
  void mutantsAreRefusedOrDifferentEnvelopes() {
    SplittableRandom random = Seeds.random();
    byte[] envelope = new Sign1("hearth/x", Seeds.bytes(random, 40), signature()).encode();
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes = Seeds.mutated(random, envelope);
      try {
        assertArrayEquals(bytes, Sign1.parse(bytes).encode(), Seeds.note("one encoding"));
      } catch (CborException refused) {
        assertTrue(!refused.getMessage().isBlank(), Seeds.note("a reason"));
      } catch (RuntimeException e) {
        throw new AssertionError(Seeds.note(HexFormat.of().formatHex(bytes)), e);
      }
    }
  }
}
