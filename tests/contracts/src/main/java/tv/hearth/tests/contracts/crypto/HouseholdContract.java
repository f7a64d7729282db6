package tv.hearth.tests.contracts.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tv.hearth.api.cipher.Space;
import tv.hearth.api.identity.Household;
import tv.hearth.api.identity.IdentityException;
import tv.hearth.api.identity.IdentityException.Problem;
import tv.hearth.api.identity.Role;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.OwnerId;

/** What every {@link Household} does. */
public abstract class HouseholdContract extends CryptoContract {
  private CryptoServices old;

  @BeforeEach
  final void setUpBox() throws Exception {
    old = node("old");
  }

  @Test
  void aReplacedBoxBecomesTheOldHousehold() throws Exception {
    byte[] head = old.keyring().sealHead(Space.HOUSEHOLD, name(old), new byte[] {7});
    assertEquals(Optional.empty(), old.household().wrappedRoot());
    String phrase = old.household().newRecoveryPhrase();
    byte[] wrapped = old.household().wrappedRoot().orElseThrow();
    assertTrue(wrapped.length <= 1024, "fits a root record");
    CryptoServices replaced = node("replaced");
    OwnerId before = replaced.identity().owner(Role.HOUSEHOLD);
    replaced.household().restore(wrapped, phrase);
    for (CryptoServices box : List.of(replaced, node("replaced"))) {
      assertEquals(owner(old), owner(box));
      assertNotEquals(before, owner(box));
      assertNotEquals(old.identity().box(), box.identity().box());
      assertArrayEquals(new byte[] {7}, box.keyring().openHead(Space.HOUSEHOLD, name(box), head));
      assertArrayEquals(wrapped, box.household().wrappedRoot().orElseThrow());
    }
  }

  @Test
  void aPhraseIs24WordsAndNeverTheSame() throws Exception {
    String phrase = old.household().newRecoveryPhrase();
    assertEquals(24, phrase.split(" ").length);
    assertNotEquals(phrase, old.household().newRecoveryPhrase());
  }

  @Test
  void caseAndWhiteSpaceOfThePhraseDontMatter() throws Exception {
    String phrase = old.household().newRecoveryPhrase();
    byte[] wrapped = old.household().wrappedRoot().orElseThrow();
    Household replaced = node("replaced").household();
    replaced.restore(wrapped, "  " + phrase.toUpperCase(Locale.ROOT).replace(" ", "\n\t ") + " ");
    assertEquals(owner(old), owner(node("replaced")));
  }

  @Test
  void aWrongPhraseChangesNothing() throws Exception {
    String earlier = old.household().newRecoveryPhrase();
    String phrase = old.household().newRecoveryPhrase();
    byte[] wrapped = old.household().wrappedRoot().orElseThrow();
    List<String> words = Arrays.asList(phrase.split(" "));
    Collections.swap(words, 0, differing(words));
    for (String wrong :
        List.of(
            earlier,
            String.join(" ", words),
            phrase.substring(phrase.indexOf(' ') + 1),
            "",
            phrase + " zoo",
            phrase.replaceFirst("\\w+", "hearth"),
            "x ".repeat(100_000))) {
      refused(wrapped, wrong);
    }
  }

  @Test
  void aDamagedWrappedRootChangesNothing() throws Exception {
    String phrase = old.household().newRecoveryPhrase();
    byte[] wrapped = old.household().wrappedRoot().orElseThrow();
    for (int at = 0; at < wrapped.length; at += 5) {
      byte[] flipped = wrapped.clone();
      flipped[at] ^= (byte) (1 << at % 8);
      refused(flipped, phrase);
    }
    refused(new byte[0], phrase);
    refused(new byte[100_000], phrase);
    refused(Arrays.copyOf(wrapped, wrapped.length - 1), phrase);
  }

  private void refused(byte[] wrapped, String phrase) throws Exception {
    CryptoServices box = node("refusing");
    OwnerId before = owner(box);
    IdentityException e =
        assertThrows(IdentityException.class, () -> box.household().restore(wrapped, phrase));
    assertEquals(Problem.BAD_PHRASE, e.problem());
    assertEquals(before, owner(box));
    assertEquals(before, owner(node("refusing")));
  }

  private static int differing(List<String> words) {
    int at = 1;
    while (words.get(at).equals(words.get(0))) {
      at++;
    }
    return at;
  }

  private static Bytes name(CryptoServices box) throws Exception {
    return box.keyring().nameId(Space.HOUSEHOLD, "backup");
  }

  private static OwnerId owner(CryptoServices box) throws Exception {
    return box.identity().owner(Role.HOUSEHOLD);
  }
}
