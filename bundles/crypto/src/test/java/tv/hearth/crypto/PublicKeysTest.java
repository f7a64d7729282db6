package tv.hearth.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.MLDSAKeyPairGenerator;
import org.bouncycastle.crypto.params.MLDSAKeyGenerationParameters;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.junit.jupiter.api.Test;
import tv.hearth.api.signature.BadSignatureException;
import tv.hearth.api.value.Bytes;
import tv.hearth.crypto.signature.PublicKeys;

class PublicKeysTest {
  private static final byte[] MESSAGE = "what is signed".getBytes(UTF_8);
  private final PublicKeys keys = new PublicKeys();

  @Test
  void ecdsa() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair pair = generator.generateKeyPair();
    Signature signature = Signature.getInstance("SHA256withECDSA");
    check("ecdsa-sha2-nistp256", pair, signature);
  }

  @Test
  void rsa() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair pair = generator.generateKeyPair();
    Signature pss = Signature.getInstance("RSASSA-PSS");
    pss.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
    check("rsassa-pss-sha256", pair, pss);
    check("rsa-pkcs1v15-sha256", pair, Signature.getInstance("SHA256withRSA"));
  }

  @Test
  void compositeNeedsBoth() throws Exception {
    KeyPair first = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    MLDSAKeyPairGenerator generator = new MLDSAKeyPairGenerator();
    generator.init(new MLDSAKeyGenerationParameters(new SecureRandom(), MLDSAParameters.ml_dsa_65));
    AsymmetricCipherKeyPair second = generator.generateKeyPair();
    byte[] lattice = ((MLDSAPublicKeyParameters) second.getPublic()).getEncoded();
    Bytes key = Bytes.of(join(raw(first), lattice));
    MLDSASigner signer = new MLDSASigner();
    signer.init(true, second.getPrivate());
    signer.update(MESSAGE, 0, MESSAGE.length);
    byte[] half = sign(Signature.getInstance("Ed25519"), first);
    byte[] good = join(half, signer.generateSignature());
    String scheme = "hearth-ed25519-ml-dsa-65";

    assertTrue(keys.verify(scheme, key, MESSAGE, good));
    for (int at : new int[] {0, 63, 64, good.length - 1}) {
      byte[] bad = good.clone();
      bad[at] ^= 1;
      assertFalse(keys.verify(scheme, key, MESSAGE, bad), "byte " + at);
    }
    assertFalse(keys.verify(scheme, key, MESSAGE, half));
    assertFalse(keys.verify(scheme, key, "another".getBytes(UTF_8), good));
    Bytes cut = Bytes.of(Arrays.copyOf(key.toArray(), 1983));
    assertThrows(BadSignatureException.class, () -> keys.verify(scheme, cut, MESSAGE, good));
  }

  @Test
  void edwards() throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    byte[] good = sign(Signature.getInstance("Ed25519"), pair);
    assertTrue(keys.verify("ed25519", Bytes.of(raw(pair)), MESSAGE, good));
    good[3] ^= 1;
    assertFalse(keys.verify("ed25519", Bytes.of(raw(pair)), MESSAGE, good));
    assertFalse(keys.verify("ed25519", Bytes.of(raw(pair)), MESSAGE, new byte[0]));
    assertThrows(
        BadSignatureException.class,
        () -> keys.verify("ed25519", Bytes.of(new byte[31]), MESSAGE, good));
  }

  @Test
  void anUnknownSchemeOrMalformedKeyIsNamed() {
    Bytes nothing = Bytes.of(new byte[7]);
    for (String scheme : new String[] {"none", "ecdsa-sha2-nistp256", "rsassa-pss-sha256"}) {
      assertThrows(
          BadSignatureException.class, () -> keys.verify(scheme, nothing, MESSAGE, new byte[1]));
    }
  }

  private void check(String scheme, KeyPair pair, Signature signature) throws Exception {
    byte[] good = sign(signature, pair);
    Bytes key = Bytes.of(pair.getPublic().getEncoded());
    assertTrue(keys.verify(scheme, key, MESSAGE, good));
    assertFalse(keys.verify(scheme, key, "another".getBytes(UTF_8), good));
    assertFalse(keys.verify(scheme, key, MESSAGE, new byte[] {1, 2, 3}));
    good[good.length / 2] ^= 1;
    assertFalse(keys.verify(scheme, key, MESSAGE, good));
  }

  private static byte[] sign(Signature signature, KeyPair pair) throws Exception {
    signature.initSign(pair.getPrivate());
    signature.update(MESSAGE);
    return signature.sign();
  }

  private static byte[] raw(KeyPair pair) {
    byte[] spki = pair.getPublic().getEncoded();
    return Arrays.copyOfRange(spki, spki.length - 32, spki.length);
  }

  private static byte[] join(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}
