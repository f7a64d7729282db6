package tv.hearth.crypto.primitive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.crypto.tink.HybridDecrypt;
import com.google.crypto.tink.HybridEncrypt;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.hybrid.HpkeParameters;
import com.google.crypto.tink.hybrid.HpkePrivateKey;
import com.google.crypto.tink.hybrid.HpkePublicKey;
import com.google.crypto.tink.hybrid.internal.HpkeDecrypt;
import com.google.crypto.tink.hybrid.internal.HpkeEncrypt;
import com.google.crypto.tink.util.SecretBytes;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import tv.hearth.api.cipher.CipherException;
import tv.hearth.api.value.Bytes;

/** Our HPKE against Tink's, which shares no code with Bouncy Castle's. */
final class HpkeTest {
  private static final byte[] INFO = "hearth/catalogue-grant/v1/x".getBytes();
  private static final byte[] PLAIN = "thirty-two bytes that are secret".getBytes();
  private final SecureRandom random = new SecureRandom();
  private final Secret secret = Secret.random(random);
  private final Bytes publicKey = Hpke.publicKey(secret);

  @Test
  void tinkOpensOurs() throws Exception {
    HybridDecrypt tink = HpkeDecrypt.create(tinkKey());
    byte[] sealed = Hpke.seal(publicKey, INFO, PLAIN, random);
    assertArrayEquals(PLAIN, tink.decrypt(sealed, INFO));
    assertThrows(GeneralSecurityException.class, () -> tink.decrypt(sealed, new byte[0]));
  }

  @Test
  void weOpenTinks() throws Exception {
    HybridEncrypt tink = HpkeEncrypt.create(tinkKey().getPublicKey());
    byte[] sealed = tink.encrypt(PLAIN, INFO);
    assertArrayEquals(PLAIN, Hpke.open(secret, INFO, sealed));
    assertThrows(CipherException.class, () -> Hpke.open(secret, new byte[0], sealed));
  }

  private HpkePrivateKey tinkKey() throws GeneralSecurityException {
    HpkeParameters parameters =
        HpkeParameters.builder()
            .setKemId(HpkeParameters.KemId.DHKEM_X25519_HKDF_SHA256)
            .setKdfId(HpkeParameters.KdfId.HKDF_SHA256)
            .setAeadId(HpkeParameters.AeadId.AES_256_GCM)
            .setVariant(HpkeParameters.Variant.NO_PREFIX)
            .build();
    HpkePublicKey open =
        HpkePublicKey.create(
            parameters, com.google.crypto.tink.util.Bytes.copyFrom(publicKey.toArray()), null);
    return HpkePrivateKey.create(
        open, SecretBytes.copyFrom(secret.toArray(), InsecureSecretKeyAccess.get()));
  }
}
