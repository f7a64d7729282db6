package tv.hearth.crypto.household;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tv.hearth.api.identity.IdentityException;
import tv.hearth.crypto.primitive.Secret;

/** BIP-39's published vectors for 256 bits, and mistakes. */
final class PhraseTest {
  private static final HexFormat HEX = HexFormat.of();

  @Test
  void theWordListIsThePublishedOne() throws Exception {
    try (InputStream in = WordList.class.getResourceAsStream("bip39-english.txt")) {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(in.readAllBytes());
      assertEquals(
          "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda", HEX.formatHex(hash));
    }
    WordList list = new WordList();
    for (int i = 0; i < WordList.SIZE; i++) {
      assertEquals(i, list.indexOf(list.word(i)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0000000000000000000000000000000000000000000000000000000000000000,"
        + "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon"
        + " abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon"
        + " abandon art",
    "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff,"
        + "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo"
        + " zoo vote",
    "f585c11aec520db57dd353c69554b21a89b20fb0650966fa0a9d6f74fd989d8f,"
        + "void come effort suffer camp survey warrior heavy shoot primary clutch crush open"
        + " amazing screen patrol group space point ten exist slush involve unfold"
  })
  void publishedVectors(String entropy, String phrase) throws IdentityException {
    Secret secret = Secret.of(HEX.parseHex(entropy));
    assertEquals(phrase, Phrase.encode(secret));
    assertEquals(secret, Phrase.decode(phrase));
  }

  @Test
  void saysWhichWordIsNotOfTheListWithoutRepeatingIt() {
    String phrase = "zoo zoo hearth " + "zoo ".repeat(20) + "vote";
    IdentityException e = assertThrows(IdentityException.class, () -> Phrase.decode(phrase));
    assertTrue(e.getMessage().contains("word 3") && !e.getMessage().contains("hearth"));
  }
}
