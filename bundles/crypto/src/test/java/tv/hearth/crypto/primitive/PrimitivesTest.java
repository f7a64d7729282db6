package tv.hearth.crypto.primitive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import tv.hearth.api.value.Bytes;

/** Published vectors, and what hostile keys get. */
final class PrimitivesTest {
  private static final HexFormat HEX = HexFormat.of();

  @Test
  void hkdfOfRfc5869Case1() {
    assertArrayEquals(
        HEX.parseHex(
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"),
        Hkdf.derive(
            HEX.parseHex("0b".repeat(22)),
            HEX.parseHex("000102030405060708090a0b0c"),
            HEX.parseHex("f0f1f2f3f4f5f6f7f8f9"),
            42));
  }

  @Test
  void hkdfOfRfc5869Case3WithoutSaltAndInfo() {
    assertArrayEquals(
        HEX.parseHex(
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"),
        Hkdf.derive(HEX.parseHex("0b".repeat(22)), new byte[0], new byte[0], 42));
  }

  @Test
  void hkdfGivesNoMoreThan255Blocks() {
    assertEquals(8160, Hkdf.derive(new byte[1], new byte[0], new byte[0], 8160).length);
    assertThrows(
        IllegalArgumentException.class,
        () -> Hkdf.derive(new byte[1], new byte[0], new byte[0], 8161));
  }

  @Test
  void ed25519OfRfc8032Test2() {
    Ed25519Key key =
        new Ed25519Key(
            Secret.of(
                HEX.parseHex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")));
    assertTrue(
        key.publicKey()
            .toString()
            .endsWith("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"));
    assertArrayEquals(
        HEX.parseHex(
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
        key.sign(new byte[] {0x72}));
  }

  @Test
  void theJdkVerifiesOurSignaturesAndSignsWithOurKey() throws Exception {
    Ed25519Key key = new Ed25519Key(Secret.of(new byte[32]));
    byte[] message = {1, 2, 3};
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(
        KeyFactory.getInstance("Ed25519")
            .generatePublic(new X509EncodedKeySpec(key.publicKey().toArray())));
    verifier.update(message);
    assertTrue(verifier.verify(key.sign(message)));
    Signature signer = Signature.getInstance("Ed25519");
    signer.initSign(key.toJdk());
    signer.update(message);
    assertArrayEquals(key.sign(message), signer.sign());
  }

  @Test
  void keysOfSmallOrderAreNoKeys() {
    String[] small = {
      "01" + "00".repeat(31),
      "ec" + "ff".repeat(30) + "7f",
      "00".repeat(32),
      "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
      "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"
    };
    byte[] forged = new byte[64];
    forged[0] = 1;
    for (String point : small) {
      Bytes key = Ed25519Keys.encode(HEX.parseHex(point));
      assertTrue(Ed25519Keys.decode(key).isEmpty(), point);
      assertFalse(Ed25519Keys.verify(key, new byte[] {1}, forged), point);
    }
  }

  @Test
  void secretsDontShow() {
    assertEquals("secret", Secret.of(new byte[32]).toString());
    assertThrows(IllegalArgumentException.class, () -> Secret.of(new byte[31]));
  }
}
