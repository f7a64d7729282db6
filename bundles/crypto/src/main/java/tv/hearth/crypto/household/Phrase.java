package tv.hearth.crypto.household;

import java.util.Locale;
import java.util.StringJoiner;
import tv.hearth.api.identity.IdentityException;
import tv.hearth.api.identity.IdentityException.Problem;
import tv.hearth.crypto.primitive.Secret;
import tv.hearth.support.text.KeyIds;

/**
 * BIP-39: 256 random bits and 8 bits of checksum (the first byte of their SHA-256) as 24 words of
 * 11 bits each. Pure.
 */
final class Phrase {
  private static final int WORDS = 24;
  private static final int BITS = 11;
  private static final int MOST_CHARACTERS = 1024;

  private Phrase() {}

  static String encode(Secret entropy) {
    byte[] bits = withChecksum(entropy.toArray());
    WordList list = new WordList();
    StringJoiner phrase = new StringJoiner(" ");
    for (int word = 0; word < WORDS; word++) {
      int index = 0;
      for (int bit = word * BITS; bit < (word + 1) * BITS; bit++) {
        index = index << 1 | bits[bit / 8] >> 7 - bit % 8 & 1;
      }
      phrase.add(list.word(index));
    }
    return phrase.toString();
  }

  /** The inverse; case and white space don't matter. BAD_PHRASE says what is wrong, by position. */
  static Secret decode(String phrase) throws IdentityException {
    if (phrase.length() > MOST_CHARACTERS) {
      throw bad("it is too long");
    }
    String[] words = phrase.strip().toLowerCase(Locale.ROOT).split("\\s+");
    if (words.length != WORDS) {
      throw bad("it has " + words.length + " words, not " + WORDS);
    }
    byte[] bits = bits(words);
    byte[] entropy = new byte[Secret.LENGTH];
    System.arraycopy(bits, 0, entropy, 0, entropy.length);
    if (withChecksum(entropy)[Secret.LENGTH] != bits[Secret.LENGTH]) {
      throw bad("its checksum does not fit: a word is mistaken for another, or out of order");
    }
    return Secret.of(entropy);
  }

  private static byte[] bits(String[] words) throws IdentityException {
    WordList list = new WordList();
    byte[] bits = new byte[Secret.LENGTH + 1];
    for (int word = 0; word < WORDS; word++) {
      int index = list.indexOf(words[word]);
      if (index < 0) {
        throw bad("word " + (word + 1) + " is not in the list");
      }
      for (int i = 0; i < BITS; i++) {
        int bit = word * BITS + i;
        bits[bit / 8] |= (byte) ((index >> BITS - 1 - i & 1) << 7 - bit % 8);
      }
    }
    return bits;
  }

  private static byte[] withChecksum(byte[] entropy) {
    byte[] bits = new byte[Secret.LENGTH + 1];
    System.arraycopy(entropy, 0, bits, 0, entropy.length);
    bits[Secret.LENGTH] = KeyIds.sha256(entropy)[0];
    return bits;
  }

  private static IdentityException bad(String why) {
    return new IdentityException(
        Problem.BAD_PHRASE, "the recovery phrase is not one: " + why + "; check what was noted");
  }
}
