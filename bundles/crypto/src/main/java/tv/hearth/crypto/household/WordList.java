package tv.hearth.crypto.household;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;

/** The English list of BIP-39: 2,048 words, sorted. Read anew by each who needs it: seldom. */
final class WordList {
  static final int SIZE = 2048;
  private static final String RESOURCE = "bip39-english.txt";
  private final List<String> words;

  WordList() {
    try (InputStream in = WordList.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the bundle lacks " + RESOURCE + ": build it again");
      }
      words = new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("can't read " + RESOURCE + " from the bundle", e);
    }
  }

  String word(int index) {
    return words.get(index);
  }

  /** The word's number, negative where it is none of the list. */
  int indexOf(String word) {
    return Collections.binarySearch(words, word);
  }
}
